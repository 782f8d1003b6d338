import { specOf } from './specs';
import type { KeyRecord } from './model';

const shared: Readonly<Record<string, string>> = {
  Decrypt: 'cryptographic',
  Encrypt: 'cryptographic',
  GenerateDataKey: 'cryptographic',
  GenerateDataKeyWithoutPlaintext: 'cryptographic',
  GenerateMac: 'cryptographic',
  GenerateRandom: 'cryptographic',
  ReEncrypt: 'cryptographic',
  VerifyMac: 'cryptographic',
  Sign: 'cryptographic',
  Verify: 'cryptographic',
  DeriveSharedSecret: 'cryptographic',
  Encapsulate: 'cryptographic',
  Decapsulate: 'cryptographic',
};

/**
 * Requests a second of the symmetric operations together, where it is not 10,000. Written down apart from
 * what the program itself goes by (shared/model/kmsQuotas): an account that took it from there would
 * never refuse what the program wrongly allows itself.
 */
const symmetric: Readonly<Record<string, number>> = {
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

const perOperation: Readonly<Record<string, number>> = {
  DescribeKey: 2000,
  GetPublicKey: 2000,
  ListResourceTags: 2000,
  GetKeyPolicy: 1000,
  GetKeyRotationStatus: 1000,
  ListKeys: 500,
  ListAliases: 500,
  ListGrants: 100,
  ListKeyRotations: 100,
  ListKeyPolicies: 100,
  ListRetirableGrants: 100,
  CreateGrant: 50,
  RetireGrant: 50,
  RevokeGrant: 50,
  GetKeyLastUsage: 5,
  ScheduleKeyDeletion: 15,
  PutKeyPolicy: 15,
  EnableKeyRotation: 15,
  ImportKeyMaterial: 15,
  DeleteImportedKeyMaterial: 15,
  DeleteAlias: 15,
  TagResource: 10,
  GetParametersForImport: 1,
};
const otherwise = 5;

const pairQuotas: readonly (readonly [prefix: string, perSecond: number])[] = [
  ['ECC', 100],
  ['RSA_2048', 20],
  ['RSA_3072', 4],
  ['RSA_4096', 1],
];

/** The quota that a request counts against, and how many requests a second it allows. */
export interface Quota {
  readonly name: string;
  readonly perSecond: number;
}

/** AWS's request quotas (developer guide, requests-per-second), per account and Region. */
export function quotaOf(
  operation: string,
  region: string,
  key: KeyRecord | undefined,
  keyPairSpec: string | undefined,
): Quota {
  if (operation.startsWith('GenerateDataKeyPair')) {
    const [name, perSecond] = pairQuotas.find(([prefix]) => keyPairSpec?.startsWith(prefix)) ?? [
      'ECC',
      100,
    ];
    return { name: `GenerateDataKeyPair ${name}`, perSecond };
  }
  if (!shared[operation])
    return { name: operation, perSecond: perOperation[operation] ?? otherwise };
  const family = key ? specOf(key).family : 'symmetric';
  if (family === 'symmetric' || family === 'hmac') {
    return { name: 'symmetric', perSecond: symmetric[region] ?? 10_000 };
  }
  return { name: family === 'ed25519' ? 'ecc' : family, perSecond: 1000 };
}
