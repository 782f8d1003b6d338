import type { KmsContext } from '../../kms/context';
import type { KeyRecord } from '../../kms/model';
import { resolveKey } from '../../kms/keyId';
import { lastUseOf, trackedSince } from '../../kms/use';
import { caselessEntry, globalKeys } from '../globalKeys';
import type { Lookup } from '../template';

const dayMs = 86_400_000;

/** What a request's condition keys are about. */
export interface Subject {
  readonly context: KmsContext;
  readonly key?: KeyRecord | undefined;
  /** How the request names the key. */
  readonly named?: string | undefined;
}

type Read = (subject: Subject, input: Readonly<Record<string, unknown>>) => unknown;

/**
 * The condition keys of a KMS request: the global ones, the key's, and those that the operation's own
 * parameters give. A key that the request does not have is undefined.
 * Source: KMS developer guide, "AWS KMS condition keys".
 */
export function kmsKeys(subject: Subject): Lookup {
  const { context, key } = subject;
  const global = globalKeys(context);
  return (name) => {
    if (name.startsWith('aws:resourcetag/')) return resourceTag(key, after(name));
    if (name.startsWith('aws:requesttag/')) {
      return caselessEntry(requestTags(context.input), after(name));
    }
    if (name.startsWith('kms:encryptioncontext:')) {
      const pair = name.slice('kms:encryptioncontext:'.length);
      return caselessEntry(encryptionContextOf(context), pair);
    }
    const read = reads.get(name);
    return read ? textsOf(read(subject, context.input)) : global(name);
  };
}

const forKey =
  (read: (key: KeyRecord, subject: Subject) => unknown): Read =>
  (subject) =>
    subject.key && read(subject.key, subject);

/** A parameter of the request, for the operations that have the condition key. */
const parameter =
  (name: string, operations: readonly string[], otherwise?: unknown): Read =>
  ({ context }, input) =>
    operations.includes(context.operation) ? (input[name] ?? otherwise) : undefined;

const specOf = (otherwise?: string): Read =>
  keyOrCreate(
    (key) => key.keySpec,
    (input) => input.KeySpec ?? input.CustomerMasterKeySpec ?? otherwise,
  );
const usageOf = keyOrCreate(
  (key) => key.keyUsage,
  (input) => input.KeyUsage ?? 'ENCRYPT_DECRYPT',
);

const symmetricUse = [
  'Encrypt',
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
];
const signing = ['Sign', 'Verify'];
const policyWriting = ['CreateKey', 'PutKeyPolicy', 'ReplicateKey'];

const reads: ReadonlyMap<string, Read> = new Map(
  Object.entries<Read>({
    'aws:ResourceAccount': forKey((key) => key.accountId),
    'aws:TagKeys': (_subject, input) => tagKeys(input),
    'kms:CallerAccount': ({ context }) => context.caller.accountId,
    'kms:KeySpec': specOf('SYMMETRIC_DEFAULT'),
    'kms:CustomerMasterKeySpec': specOf('SYMMETRIC_DEFAULT'),
    'kms:KeyUsage': usageOf,
    'kms:CustomerMasterKeyUsage': usageOf,
    'kms:KeyOrigin': keyOrCreate(
      (key) => key.origin,
      (input) => input.Origin ?? 'AWS_KMS',
    ),
    'kms:MultiRegion': keyOrCreate(
      (key) => key.multiRegion !== undefined,
      (input) => input.MultiRegion === true,
    ),
    'kms:MultiRegionKeyType': keyOrCreate(
      (key) =>
        key.multiRegion && (key.multiRegion.primaryRegion === key.region ? 'PRIMARY' : 'REPLICA'),
      (input) => (input.MultiRegion === true ? 'PRIMARY' : undefined),
    ),
    'kms:ResourceAliases': forKey((key, { context }) =>
      context
        .ringOf(key.accountId)
        ?.aliasesOfKey(key)
        .map(({ name }) => name),
    ),
    'kms:RequestAlias': ({ named }) => /(?:^|:)(alias\/.*)$/.exec(named ?? '')?.[1],
    'kms:EncryptionContextKeys': ({ context }) => Object.keys(encryptionContextOf(context) ?? {}),
    'kms:EncryptionAlgorithm': ({ context }, input) =>
      context.action === 'ReEncryptFrom'
        ? (input.SourceEncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT')
        : context.action === 'ReEncryptTo'
          ? (input.DestinationEncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT')
          : symmetricUse.includes(context.operation)
            ? (input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT')
            : undefined,
    'kms:ReEncryptOnSameKey': ({ context, key }) => isOnSameKey(context, key),
    'kms:SigningAlgorithm': parameter('SigningAlgorithm', signing),
    'kms:MessageType': parameter('MessageType', signing, 'RAW'),
    'kms:MacAlgorithm': parameter('MacAlgorithm', ['GenerateMac', 'VerifyMac']),
    'kms:KeyAgreementAlgorithm': parameter('KeyAgreementAlgorithm', ['DeriveSharedSecret']),
    'kms:DataKeyPairSpec': (_subject, input) => input.KeyPairSpec,
    'kms:BypassPolicyLockoutSafetyCheck': parameter(
      'BypassPolicyLockoutSafetyCheck',
      policyWriting,
      false,
    ),
    'kms:PrimaryRegion': parameter('PrimaryRegion', ['UpdatePrimaryRegion']),
    'kms:ReplicaRegion': parameter('ReplicaRegion', ['ReplicateKey']),
    'kms:RotationPeriodInDays': parameter('RotationPeriodInDays', ['EnableKeyRotation'], 365),
    'kms:ScheduleKeyDeletionPendingWindowInDays': parameter(
      'PendingWindowInDays',
      ['ScheduleKeyDeletion'],
      30,
    ),
    'kms:TrailingDaysWithoutKeyUsage': forKey(daysWithoutUse),
    'kms:WrappingAlgorithm': parameter('WrappingAlgorithm', ['GetParametersForImport']),
    'kms:WrappingKeySpec': parameter('WrappingKeySpec', ['GetParametersForImport']),
    'kms:ExpirationModel': parameter('ExpirationModel', ['ImportKeyMaterial']),
    'kms:ValidTo': parameter('ValidTo', ['ImportKeyMaterial']),
    'kms:GrantOperations': parameter('Operations', ['CreateGrant']),
    'kms:GranteePrincipal': parameter('GranteePrincipal', ['CreateGrant']),
    'kms:RetiringPrincipal': parameter('RetiringPrincipal', ['CreateGrant']),
    'kms:GranteeServicePrincipal': parameter('GranteeServicePrincipal', ['CreateGrant']),
    'kms:RetiringServicePrincipal': parameter('RetiringServicePrincipal', ['CreateGrant']),
    'kms:GrantConstraintType': (_subject, input) =>
      Object.keys((input.Constraints as object | undefined) ?? {}).filter((name) =>
        name.startsWith('EncryptionContext'),
      ),
    // Only AWS's services create such grants.
    'kms:GrantIsForAWSResource': ({ context }) =>
      context.operation === 'CreateGrant' || context.operation.endsWith('eGrant')
        ? false
        : undefined,
  }).map(([name, read]) => [name.toLowerCase(), read]),
);

/** CreateKey has no key yet: the request says what it will be. */
function keyOrCreate(
  ofKey: (key: KeyRecord) => unknown,
  ofRequest: (input: Readonly<Record<string, unknown>>) => unknown,
): Read {
  return ({ context, key }, input) =>
    key ? ofKey(key) : context.operation === 'CreateKey' ? ofRequest(input) : undefined;
}

/** The context that a request is bound to; of a new grant, that of its constraint. */
export function encryptionContextOf({
  action,
  input,
}: KmsContext): Readonly<Record<string, string>> | undefined {
  const constraints = input.Constraints as Record<string, unknown> | undefined;
  const given =
    action === 'ReEncryptFrom'
      ? input.SourceEncryptionContext
      : action === 'ReEncryptTo'
        ? input.DestinationEncryptionContext
        : (input.EncryptionContext ??
          constraints?.EncryptionContextEquals ??
          constraints?.EncryptionContextSubset);
  return given as Readonly<Record<string, string>> | undefined;
}

function isOnSameKey(context: KmsContext, key: KeyRecord | undefined): boolean | undefined {
  if (context.operation !== 'ReEncrypt') return undefined;
  const other = context.otherKey ?? named(context);
  return other !== undefined && other.keyId === key?.keyId && other.region === key.region;
}

function named(context: KmsContext): KeyRecord | undefined {
  try {
    return resolveKey(context, String(context.input.DestinationKeyId));
  } catch {
    return undefined;
  }
}

function daysWithoutUse(key: KeyRecord, { context }: Subject): number | undefined {
  if (context.operation !== 'DisableKey' && context.operation !== 'ScheduleKeyDeletion') {
    return undefined;
  }
  const since = lastUseOf(context, key)?.at ?? trackedSince(key);
  return Math.max(0, Math.floor((context.now - since) / dayMs));
}

function resourceTag(key: KeyRecord | undefined, name: string): readonly string[] | undefined {
  return key && caselessEntry(tagsOf(key.tags), name);
}

function requestTags(input: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return tagsOf((input.Tags ?? []) as readonly { TagKey: string; TagValue: string }[]);
}

function tagsOf(tags: readonly { TagKey: string; TagValue: string }[]) {
  return Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
}

function tagKeys(input: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  if (Array.isArray(input.TagKeys)) return input.TagKeys.map(String);
  return input.Tags === undefined ? undefined : Object.keys(requestTags(input));
}

function after(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** Condition values are texts; a date is one of ISO 8601. An empty list is no value. */
function textsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(String);
  if (value instanceof Date) return [value.toISOString()];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}
