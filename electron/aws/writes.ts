import { createHash } from 'node:crypto';
import { toErrorInfo } from '../../shared/model/errors';
import type { Operation } from './operations';
import type { AwsAnswer, AwsOptions, Target } from './types';

/**
 * Sends a call that changes something at AWS between two reports: `started` before, its outcome
 * after. A report that cannot be kept (full disk) stops the call, or is thrown once it is done.
 */
export async function reported<O>(
  call: {
    readonly operation: Operation;
    readonly target: Target;
    readonly principal: string | undefined;
  },
  onWrite: AwsOptions['onWrite'],
  send: () => Promise<AwsAnswer<O>>,
): Promise<AwsAnswer<O>> {
  const { operation, target, principal } = call;
  const report = {
    what: operation.name,
    facts: { connection: target.connection, region: target.region, ...factsOf(operation.input) },
    ...(principal === undefined ? {} : { principal }),
  };
  onWrite({ ...report, outcome: 'started' });
  let answer: AwsAnswer<O>;
  try {
    answer = await send();
  } catch (error) {
    const { code, detail } = toErrorInfo(error);
    const requestId = detail?.['requestId'];
    onWrite({
      ...report,
      outcome: code === 'cancelled' ? 'cancelled' : 'failed',
      error: code,
      ...(typeof requestId === 'string' ? { requestId } : {}),
    });
    throw error;
  }
  onWrite({
    ...report,
    facts: { ...report.facts, ...resultsOf(answer.output) },
    outcome: 'ok',
    ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
  });
  return answer;
}

/** Inputs that may be kept: names, numbers and switches. Everything else may hold secrets. */
const keptInputs = [
  'AliasName',
  'BypassPolicyLockoutSafetyCheck',
  'CustomKeyStoreId',
  'ExpirationModel',
  'GrantId',
  'GranteePrincipal',
  'ImportType',
  'KeyId',
  'KeyMaterialId',
  'KeySpec',
  'KeyUsage',
  'MultiRegion',
  'Origin',
  'PendingWindowInDays',
  'PolicyName',
  'PrimaryRegion',
  'ReplicaRegion',
  'RetiringPrincipal',
  'RotationPeriodInDays',
  'TargetKeyId',
  'QueryExecutionId',
  'WorkGroup',
] as const;

type Facts = Record<string, string | number | boolean | null>;

function factsOf(input: Readonly<Record<string, unknown>>): Facts {
  const facts: Facts = {};
  for (const name of keptInputs) {
    const value = input[name];
    if (['string', 'number', 'boolean'].includes(typeof value)) {
      facts[lowerFirst(name)] = value as string | number | boolean;
    }
  }
  for (const name of ['Operations', 'TagKeys']) {
    const value = input[name];
    if (Array.isArray(value)) facts[lowerFirst(name)] = value.map(String).join(' ');
  }
  if (input['ValidTo'] instanceof Date) facts['validTo'] = input['ValidTo'].toISOString();
  // A policy is not kept, but which one it was can be proved.
  if (typeof input['Policy'] === 'string') {
    facts['policySha256'] = createHash('sha256').update(input['Policy']).digest('hex');
  }
  return facts;
}

/** What came of it: the new key's or grant's id, the day of deletion. */
function resultsOf(output: unknown): Facts {
  const { KeyMetadata, KeyId, GrantId, DeletionDate } = (output ?? {}) as {
    KeyMetadata?: { Arn?: unknown };
    KeyId?: unknown;
    GrantId?: unknown;
    DeletionDate?: unknown;
  };
  const facts: Facts = {};
  const key = KeyMetadata?.Arn ?? KeyId;
  if (typeof key === 'string') facts['resultKeyId'] = key;
  if (typeof GrantId === 'string') facts['resultGrantId'] = GrantId;
  if (DeletionDate instanceof Date) facts['deletionDate'] = DeletionDate.toISOString();
  return facts;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
