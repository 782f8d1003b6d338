import type { Workload } from './history';
import type { HistoryPlan, PlannedKey } from './plan';

type Parameters = Workload['parameters'];

/** Calls that come again and again: whose, of what, how many an hour and when of the day. */
export function use(
  region: string,
  who: Workload['who'][number],
  name: string,
  keys: readonly PlannedKey[],
  perHour: number,
  rhythm: Workload['rhythm'],
  parameters: Parameters,
): Workload {
  return { region, who: [who], name, keys, perHour, rhythm, parameters };
}

export const named: Parameters = (key) => ({ keyId: key?.arn });
export const dataKey =
  (purpose: string): Parameters =>
  (key) => ({
    encryptionContext: { purpose },
    keySpec: 'AES_256',
    keyId: aliasOr(key),
  });
export const decrypt =
  (purpose: string): Parameters =>
  (key) => ({
    encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    encryptionContext: { purpose },
    keyId: key?.arn,
  });
export const encrypt: Parameters = (key) => ({
  encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  keyId: aliasOr(key),
});
export const mac =
  (macAlgorithm: string): Parameters =>
  (key) => ({ macAlgorithm, keyId: aliasOr(key) });
export const signing =
  (signingAlgorithm: string): Parameters =>
  (key) => ({
    messageType: 'DIGEST',
    keyId: aliasOr(key),
    signingAlgorithm,
  });
export const s3Object: Parameters = (key) => ({
  encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::company-data-lake' },
  keySpec: 'AES_256',
  keyId: key?.arn,
});
export const s3Decrypt: Parameters = () => ({
  encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::company-data-lake' },
});
export const encryptedVolume: Parameters = (_key, random) => ({
  encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  encryptionContext: { 'aws:ebs:id': `vol-0${random.hex(16)}` },
});
export const copied: Parameters = (key) => ({
  sourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  destinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  destinationKeyId: key?.arn,
});

/** A key as most programs name it: by its alias. */
export function aliasOr(key: PlannedKey | undefined): string | undefined {
  return key?.aliases[0] ?? key?.arn;
}

export function regionKeys(plan: HistoryPlan, region: string): PlannedKey[] {
  return plan.keys.filter((key) => key.region === region);
}

export function symmetric(plan: HistoryPlan, region: string): PlannedKey[] {
  return regionKeys(plan, region).filter(({ keySpec }) => keySpec === 'SYMMETRIC_DEFAULT');
}
