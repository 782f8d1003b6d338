/**
 * AWS's default quota of requests a second that all symmetric cryptographic operations of an account
 * share in one Region: GenerateDataKey, Decrypt, Encrypt and their kin. It can be raised on request.
 * Source: AWS KMS developer guide, "Request quotas", read 2026-11.
 */
export function symmetricQuotaPerSecond(region: string): number {
  return higherQuotas[region] ?? 10_000;
}

const higherQuotas: Readonly<Record<string, number>> = {
  'us-east-1': 100_000,
  'us-west-2': 100_000,
  'eu-west-1': 100_000,
  'us-east-2': 20_000,
  'ap-southeast-1': 20_000,
  'ap-southeast-2': 20_000,
  'ap-northeast-1': 20_000,
  'eu-central-1': 20_000,
  'eu-west-2': 20_000,
};

/** The Regions whose quota is above the smallest. */
export const regionsWithHigherQuota: readonly string[] = Object.keys(higherQuotas);
