import { AwsError } from '../protocol/awsError';
import type { Members } from '../protocol/rules';
import type { Caller } from '../sigv4/verify';
import type { Account } from '../account/account';
import { resolveKey, resolveKeyOnly, type Scope } from './keyId';
import type { Keyring } from './keyring';
import type { Seal } from './crypto/seal';
import type { KeyRecord } from './model';

/** What an operation may use while it answers one request. */
export interface KmsContext extends Scope {
  readonly operation: string;
  readonly account: Account;
  readonly ring: Keyring;
  readonly seal: Seal;
  readonly caller: Caller;
  readonly requestId: string;
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

/** The key that an operation names by id or ARN; an alias is refused. */
export function keyOnly(context: KmsContext, keyId: string): KeyRecord {
  return resolveKeyOnly(context, keyId);
}

/** The key that an operation names in any of the four forms. */
export function anyKey(context: KmsContext, keyId: string): KeyRecord {
  return resolveKey(context, keyId);
}

/** Ends a dry run: everything was checked and would have succeeded. */
export function stopIfDryRun(input: { DryRun?: boolean | undefined }): void {
  if (!input.DryRun) return;
  throw new AwsError(
    'DryRunOperationException',
    'The request would have succeeded, but the DryRun option is set.',
  );
}
