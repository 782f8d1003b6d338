import { writtenDate } from './event';

type Members = Readonly<Record<string, unknown>>;

/** Operations that KMS's CloudTrail entries call read-only: reads, and all that work with a key. */
export function isReadOnly(operation: string): boolean {
  return !mutations.has(operation);
}

const mutations = new Set([
  'CancelKeyDeletion',
  'ConnectCustomKeyStore',
  'CreateAlias',
  'CreateCustomKeyStore',
  'CreateGrant',
  'CreateKey',
  'DeleteAlias',
  'DeleteCustomKeyStore',
  'DeleteImportedKeyMaterial',
  'DisableKey',
  'DisableKeyRotation',
  'DisconnectCustomKeyStore',
  'EnableKey',
  'EnableKeyRotation',
  'ImportKeyMaterial',
  'PutKeyPolicy',
  'ReplicateKey',
  'RetireGrant',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateCustomKeyStore',
  'UpdateKeyDescription',
  'UpdatePrimaryRegion',
]);

/** Never in an event: data, ciphertext, material and tokens. */
const leftOut = new Set([
  'Plaintext',
  'CiphertextBlob',
  'Ciphertext',
  'SharedSecretCiphertextBlob',
  'Message',
  'Signature',
  'Mac',
  'PublicKey',
  'ImportToken',
  'EncryptedKeyMaterial',
  'GrantTokens',
  'GrantToken',
  'Recipient',
  'KeyStorePassword',
  'XksProxyAuthenticationCredential',
]);

/** What KMS fills in before it records a request (documented examples of each operation). */
const defaults: Readonly<Record<string, Members>> = {
  CreateKey: {
    description: '',
    bypassPolicyLockoutSafetyCheck: false,
    multiRegion: false,
    origin: 'AWS_KMS',
    keyUsage: 'ENCRYPT_DECRYPT',
    keySpec: 'SYMMETRIC_DEFAULT',
    customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
  },
  Encrypt: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
  Decrypt: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
  ReEncrypt: {
    sourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    destinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  },
  Sign: { messageType: 'RAW' },
  Verify: { messageType: 'RAW' },
  GetKeyPolicy: { policyName: 'default' },
  PutKeyPolicy: { policyName: 'default', bypassPolicyLockoutSafetyCheck: false },
  ReplicateKey: { description: '', bypassPolicyLockoutSafetyCheck: false },
};

/** KMS records these without any parameter. */
const withoutParameters = new Set(['GenerateRandom', 'RetireGrant']);

/** `requestParameters` of a KMS call: AWS's camelCase names, without what is secret. */
export function kmsRequestParameters(operation: string, input: unknown): object | null {
  if (typeof input !== 'object' || input === null || withoutParameters.has(operation)) return null;
  const parameters: Record<string, unknown> = { ...defaults[operation] };
  for (const [name, value] of Object.entries(input)) {
    if (leftOut.has(name) || value === undefined || value === null) continue;
    parameters[lowered(name)] = dateMembers.has(name) ? fromSeconds(value) : written(name, value);
  }
  if (operation === 'CreateKey') {
    const { KeySpec, CustomerMasterKeySpec } = input as Members;
    const spec = KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
    parameters.keySpec = spec;
    parameters.customerMasterKeySpec = spec;
  }
  return Object.keys(parameters).length > 0 ? parameters : null;
}

/** `responseElements` of a KMS call that succeeded: null for reads and for work with a key. */
export function kmsResponseElements(
  operation: string,
  answer: Members | undefined,
  keyArn: string | undefined,
): object | null {
  if (isReadOnly(operation)) return null;
  switch (operation) {
    case 'CreateKey': {
      const metadata = written('KeyMetadata', answer?.KeyMetadata) as Record<string, unknown>;
      const { aWSAccountId, ...rest } = metadata;
      return { keyMetadata: { AWSAccountId: aWSAccountId, ...rest } };
    }
    case 'ReplicateKey':
      return written('', answer) as object;
    case 'CreateGrant':
      return { grantId: answer?.GrantId, keyId: keyArn };
    case 'ScheduleKeyDeletion': {
      const { deletionDate: _, ...rest } = written('', answer) as Record<string, unknown>;
      const date = answer?.DeletionDate;
      return { ...rest, ...(date instanceof Date && { deletionDate: deletionText(date) }) };
    }
    default:
      break;
  }
  // Since December 2022 the key's ARN stands here even where the operation does not return it.
  const material = answer?.KeyMaterialId;
  return keyArn === undefined
    ? null
    : { keyId: keyArn, ...(typeof material === 'string' && { keyMaterialId: material }) };
}

/** Here AWS's text has a 24-hour clock and a half of the day at once: `Apr 12, 2021 18:58:30 PM`. */
function deletionText(date: Date): string {
  const [day, year] = writtenDate(date).split(', ');
  const half = date.getUTCHours() < 12 ? 'AM' : 'PM';
  return `${day}, ${year} ${date.toISOString().slice(11, 19)} ${half}`;
}

const dateMembers = new Set(['ValidTo']);

function fromSeconds(value: unknown): unknown {
  if (value instanceof Date) return writtenDate(value);
  return typeof value === 'number' ? writtenDate(new Date(value * 1000)) : value;
}

/** Maps of the caller's own names keep them as they are. */
const ownNames = /EncryptionContext(Subset|Equals)?$/;

function written(name: string, value: unknown): unknown {
  if (value instanceof Date) return writtenDate(value);
  if (Array.isArray(value)) return value.map((item) => written('', item));
  if (typeof value !== 'object' || value === null || ownNames.test(name)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([member, one]) => one !== undefined && !leftOut.has(member))
      .map(([member, one]) => [lowered(member), written(member, one)]),
  );
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
