import type { Account } from '../account/account';
import type { Throttle } from '../account/throttle';
import { AwsError } from '../protocol/awsError';
import { validateInput } from '../protocol/validate';
import type { Caller } from '../sigv4/verify';
import { openSeal } from './crypto/seal';
import type { KmsContext } from './context';
import { createKeyring, type Keyring } from './keyring';
import { resolveKey } from './keyId';
import { settle } from './lifecycle';
import { requireManagedAccess } from './managedKeys';
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
}

const throttledText =
  'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.';

/** The practice KMS of one account. */
export interface Kms {
  readonly ring: Keyring;
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
}

/** Opens KMS over the account's state. */
export function createKms({ account, throttle, enforceQuotas, happened }: KmsOptions): Kms {
  const ring = createKeyring(account.state, happened);
  const seal = openSeal(account.state);
  return {
    ring,
    async handle(request) {
      const operation = operations.get(request.operation);
      if (!operation) throw new AwsError('UnknownOperationException');
      const input = validateInput(request.input, operation.members);
      const context: KmsContext = {
        operation: request.operation,
        account,
        ring,
        seal,
        region: request.region,
        accountId: account.accountId,
        caller: request.caller,
        requestId: request.requestId,
        now: account.clock.now(),
      };
      settle(ring, context.now);
      const key = namedKey(context, input);
      if (enforceQuotas()) requireQuota(throttle, context, key, input);
      requirePermission(context, key);
      const answer = await operation.run(input as never, context);
      // A key that was enabled with a rotation overdue rotates before the answer is given.
      settle(ring, context.now);
      account.state.commit();
      return answer as object | undefined;
    },
  };
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
    throw new AwsError('ThrottlingException', throttledText);
  }
}

function requirePermission(context: KmsContext, key: KeyRecord | undefined): void {
  const action = `kms:${context.operation}`;
  if (context.account.denied.has(action)) {
    const resource = key ? keyArn(key) : '*';
    throw new AwsError(
      'AccessDeniedException',
      `User: ${context.caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    );
  }
  if (key?.managedBy) requireManagedAccess(context, key);
}
