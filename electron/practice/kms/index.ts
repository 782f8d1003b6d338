import { randomUUID } from 'node:crypto';
import type { Account } from '../account/account';
import { withinAccount } from '../account/collections';
import type { Throttle } from '../account/throttle';
import { openDirectory } from '../iam/directory';
import { createKmsAccess, crossesAccounts } from '../iam/kms/access';
import { createPolicyReader } from '../iam/policy';
import { AwsError } from '../protocol/awsError';
import { validateInput } from '../protocol/validate';
import type { Caller } from '../sigv4/verify';
import { openSeal } from './crypto/seal';
import type { KmsContext } from './context';
import { throttled } from './failures';
import { createKeyring, type Keyring } from './keyring';
import { resolveKey } from './keyId';
import { settle } from './lifecycle';
import { keyArn, type KeyRecord } from './model';
import { quotaOf } from './quotas';
import { operations } from './registry';

export interface KmsRequest {
  readonly operation: string;
  /** The request's JSON, parsed. */
  readonly input: unknown;
  readonly region: string;
  readonly caller: Caller;
  readonly requestId: string;
  /** Of the CloudTrail event of this request; absent: one of its own. */
  readonly eventId?: string | undefined;
  /** Told the key that a ciphertext was made with, as soon as it is known. */
  readonly ciphertextOf?: ((key: KeyRecord) => void) | undefined;
  /** The permission is taken away for this request, whatever policies say. */
  readonly denied?: boolean | undefined;
}

/** The practice KMS of one account. */
export interface Kms {
  readonly ring: Keyring;
  /** The keys of an account that exists here. */
  readonly ringOf: (accountId: string) => Keyring | undefined;
  /** Makes happen what is due by now: rotations, deletions, expiry. */
  settle(): void;
  /**
   * Answers one request: its members, or undefined for an empty body. What it changed is stored when
   * this returns. @throws AwsError
   */
  handle(request: KmsRequest): Promise<object | undefined>;
}

export interface KmsOptions {
  readonly account: Account;
  readonly throttle: Throttle;
  /** Whether AWS's request quotas are kept now. */
  readonly enforceQuotas: () => boolean;
  /** Told what KMS does to keys by itself. */
  readonly happened?: Keyring['happened'];
  /** The last use of a key in the time before the account's own events. */
  readonly pastUse?: KmsContext['pastUse'];
}

/** Opens KMS over the account's state. */
export function createKms(options: KmsOptions): Kms {
  const { account, throttle, enforceQuotas, happened, pastUse = () => undefined } = options;
  const ring = createKeyring(account.state, happened);
  const seal = openSeal(account.state);
  const directory = openDirectory(account.state, account.clock.now);
  const access = createKmsAccess(createPolicyReader(), directory);
  const rings = new Map([[account.accountId, ring]]);
  const openRing = (accountId: string) => {
    const opened =
      rings.get(accountId) ?? createKeyring(withinAccount(account.state, accountId), happened);
    rings.set(accountId, opened);
    return opened;
  };
  const ringOf = (accountId: string) =>
    rings.get(accountId) ?? (directory.hasAccount(accountId) ? openRing(accountId) : undefined);
  const settleAll = (now: number) => {
    for (const one of rings.values()) settle(one, now);
  };
  return {
    ring,
    ringOf,
    settle() {
      settleAll(account.clock.now());
      account.state.commit();
    },
    async handle(request) {
      const { caller } = request;
      const operation = operations.get(request.operation);
      if (!operation) throw new AwsError('UnknownOperationException');
      const input = validateInput(request.input, operation.members);
      const named = accountNamed(request.operation, input);
      const accountId = named !== undefined && ringOf(named) ? named : caller.accountId;
      const context: KmsContext = {
        operation: request.operation,
        action: request.operation,
        input,
        access,
        checked: { done: false },
        account,
        ring: openRing(accountId),
        ringOf,
        rings: () => rings.values(),
        elsewhere: (id) => (id === caller.accountId ? undefined : access.elsewhere(context)),
        seal,
        region: request.region,
        accountId,
        caller,
        requestId: request.requestId,
        eventId: request.eventId ?? randomUUID(),
        ciphertextOf: request.ciphertextOf,
        pastUse,
        now: account.clock.now(),
      };
      settleAll(context.now);
      const key = namedKey(context, input);
      if (enforceQuotas()) requireQuota(throttle, context, key, input);
      requirePermission(context, key, request.denied);
      if (withoutKey.has(request.operation)) {
        access.requireResource(context, request.operation, '*');
      }
      const answer = await operation.run(input as never, context);
      if (!context.checked.done) throw new Error(`${request.operation} asked for no permission`);
      // A key that was enabled with a rotation overdue rotates before the answer is given.
      settleAll(context.now);
      account.state.commit();
      return answer as object | undefined;
    },
  };
}

/** Operations that concern no one key: the caller's own policies decide, on resource `*`. */
const withoutKey = new Set([
  'CreateKey',
  'ListKeys',
  'ListRetirableGrants',
  'GenerateRandom',
  'DescribeCustomKeyStores',
  'CreateCustomKeyStore',
  'UpdateCustomKeyStore',
  'DeleteCustomKeyStore',
  'ConnectCustomKeyStore',
  'DisconnectCustomKeyStore',
]);

/** The account whose key a request names by an ARN, for operations that reach into other accounts. */
function accountNamed(operation: string, { KeyId: named }: Record<string, unknown>) {
  if (typeof named !== 'string' || !named.startsWith('arn:')) return undefined;
  return crossesAccounts(operation) ? named.split(':')[4] : undefined;
}

/** The key that a request names, where it names one that exists. */
function namedKey(context: KmsContext, input: Record<string, unknown>): KeyRecord | undefined {
  const named = input.KeyId ?? input.TargetKeyId ?? input.DestinationKeyId;
  if (typeof named !== 'string') return undefined;
  try {
    return resolveKey(context, named);
  } catch {
    return undefined;
  }
}

function requireQuota(
  throttle: Throttle,
  context: KmsContext,
  key: KeyRecord | undefined,
  input: Record<string, unknown>,
): void {
  const pairSpec = typeof input.KeyPairSpec === 'string' ? input.KeyPairSpec : undefined;
  const quota = quotaOf(context.operation, context.region, key, pairSpec);
  const bucket = `${context.caller.accountId}/${context.region}/${quota.name}`;
  if (!throttle.take(bucket, quota.perSecond)) {
    throw throttled();
  }
}

function requirePermission(context: KmsContext, key: KeyRecord | undefined, denied = false): void {
  const action = `kms:${context.operation}`;
  if (denied) {
    const resource = key ? keyArn(key) : '*';
    throw new AwsError(
      'AccessDeniedException',
      `User: ${context.caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    );
  }
}
