import { AwsError } from '../protocol/awsError';
import type { Members } from '../protocol/rules';
import type { Caller } from '../sigv4/verify';
import type { Account } from '../account/account';
import type { KmsAccess } from '../iam/kms/access';
import { resolveKey, resolveKeyOnly, type Scope } from './keyId';
import type { Keyring } from './keyring';
import type { Seal } from './crypto/seal';
import type { KeyRecord, KeyUse } from './model';

/** What an operation may use while it answers one request. */
export interface KmsContext extends Scope {
  readonly operation: string;
  /** The permission that a key is asked for: the operation's name, but for ReEncryptFrom and ReEncryptTo. */
  readonly action: string;
  /** The request's members, validated. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly access: KmsAccess;
  /** Set by the first check of a permission: no request may go without one. */
  readonly checked: { done: boolean };
  /** The other key of a ReEncrypt. */
  readonly otherKey?: KeyRecord | undefined;
  readonly account: Account;
  /** The keys of the account that the request is about, mostly the caller's own. */
  readonly ring: Keyring;
  readonly ringOf: (accountId: string) => Keyring | undefined;
  /** The keys of every account here. */
  readonly rings: () => Iterable<Keyring>;
  /** The last use of a key in the time before the account's own events. */
  readonly pastUse: (key: KeyRecord) => KeyUse | undefined;
  readonly seal: Seal;
  readonly caller: Caller;
  readonly requestId: string;
  /** Of the CloudTrail event that the key's account will have of this request. */
  readonly eventId: string;
  /** Told the key that a ciphertext was made with, as soon as it is known. */
  readonly ciphertextOf?: ((key: KeyRecord) => void) | undefined;
  /** The account's time, milliseconds since 1970. */
  readonly now: number;
}

/**
 * An input as it is after validation: members that the model requires are there. The types are the
 * SDK's own, which are AWS's model.
 */
export type Validated<T> = {
  [K in keyof T]: object extends Pick<T, K> ? T[K] : NonNullable<T[K]>;
};

export interface Operation {
  readonly name: string;
  readonly members: Members;
  /** Gives the answer's members; undefined where AWS answers with an empty body. */
  run(input: never, context: KmsContext): unknown;
}

/** Declares one operation of the service with the types of the SDK's request and response. */
export function operation<I, O = undefined>(definition: {
  readonly name: string;
  readonly members: { readonly [K in keyof Required<I>]: Members[string] };
  run(input: Validated<I>, context: KmsContext): O | Promise<O>;
}): Operation {
  return definition;
}

/**
 * The key that an operation names by id or ARN, and that the caller may use for it; an alias is refused.
 * @throws AwsError NotFoundException, InvalidArnException, AccessDeniedException
 */
export function keyOnly(context: KmsContext, keyId: string): KeyRecord {
  const key = resolveKeyOnly(context, keyId);
  context.access.requireKey(context, key, keyId);
  return key;
}

/** The same in any of the four forms of a KeyId. */
export function anyKey(context: KmsContext, keyId: string): KeyRecord {
  const key = resolveKey(context, keyId);
  context.access.requireKey(context, key, keyId);
  return key;
}

/** A key that is made with tags needs the permission to tag, in an IAM policy: it has no key policy yet. */
export function requireTagging(context: KmsContext, region: string): void {
  const resource = `arn:aws:kms:${region}:${context.accountId}:key/*`;
  context.access.requireResource(context, 'TagResource', resource);
}

/** Ends a dry run: everything was checked and would have succeeded. */
export function stopIfDryRun(input: { DryRun?: boolean | undefined }): void {
  if (!input.DryRun) return;
  throw new AwsError(
    'DryRunOperationException',
    'The request would have succeeded, but the DryRun option is set.',
  );
}
