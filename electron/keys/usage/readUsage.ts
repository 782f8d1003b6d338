import { GetKeyLastUsageCommand } from '@aws-sdk/client-kms';
import { AppError, toErrorInfo } from '../../../shared/model/errors';
import { known } from '../../../shared/model/facet';
import type { KeyRow } from '../../../shared/model/key';
import type { KeyUsage } from '../../../shared/model/key';
import type { KeyUsageReading } from '../../../shared/model/keyUsage';
import type { AwsGateway } from '../../aws/types';
import { createCaller, isoDate, type Answer, type Caller } from '../caller';
import type { Scope, Snapshots } from '../snapshots';
import { rowsPerPart } from '../snapshots';
import type { UsageStore } from './usageStore';

export interface UsageOptions {
  readonly gateway: AwsGateway;
  readonly snapshots: Snapshots;
  readonly usage: UsageStore;
  readonly signal: AbortSignal;
  /** The account's present time. */
  readonly clock: (connection: string) => Promise<() => string>;
  /** Keys asked, of those that are asked in this run. */
  readonly progress: (value: { done: number; expected: number }) => void;
}

/**
 * AWS answers five of these a second, of which the program takes a tenth: a run asks for so long, the
 * oldest answers first, and the next run goes on.
 */
const budgetMs = 60_000;
/** An answer that is younger is not asked for again. */
const freshMs = 24 * 3_600_000;
/** Under way at once in a Region: the quota decides, not the way to AWS. */
const atOnce = 4;

/** Asks when the customer's keys of each scope were last used. Throws AppError `cancelled` only. */
export async function readUsage(scopes: readonly Scope[], options: UsageOptions): Promise<void> {
  const { gateway, signal, progress, usage } = options;
  const until = performance.now() + budgetMs;
  const count = { done: 0, expected: 0 };
  await Promise.all(
    scopes.map(async (scope) => {
      const clock = await options.clock(scope.connection);
      const keyIds = await dueKeys(scope, clock(), options);
      const perSecond = gateway.rateFor('kms:GetKeyLastUsage', scope);
      count.expected += Math.min(keyIds.length, Math.ceil((budgetMs / 1000) * perSecond) + 1);
      progress({ ...count });
      const caller = createCaller(gateway, scope, signal);
      const waiting = keyIds.values();
      const work = async () => {
        for (const keyId of waiting) {
          if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
          if (performance.now() > until) return;
          usage.save([{ ...scope, keyId, usage: await ask(caller, keyId, clock, signal) }]);
          count.done += 1;
          progress({ ...count, expected: Math.max(count.done, count.expected) });
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    }),
  );
}

/** The customer's keys whose last use is not known of the last day, the longest unknown first. */
async function dueKeys(
  { connection, region }: Scope,
  now: string,
  { snapshots, usage }: UsageOptions,
): Promise<string[]> {
  const scope = { connection, region };
  const readAt = new Map(usage.all(scope).map((one) => [one.keyId, readTime(one)]));
  const freshFrom = new Date(Date.parse(now) - freshMs).toISOString();
  const due: { keyId: string; at: string }[] = [];
  for (const rows of snapshots.parts(scope, rowsPerPart)) {
    for (const row of rows) {
      const at = readAt.get(row.keyId) ?? '';
      // A clock that was set back makes an answer of times to come.
      if (isAsked(row) && (at < freshFrom || at > now)) due.push({ keyId: row.keyId, at });
    }
    await new Promise(setImmediate);
  }
  return due.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ keyId }) => keyId);
}

/** Nobody can retire AWS's own keys. */
function isAsked(row: KeyRow): boolean {
  return row.change?.kind !== 'gone' && known(row.metadata)?.keyManager !== 'AWS';
}

/** When AWS said it; what AWS refused is asked again. */
function readTime({ usage }: KeyUsageReading): string {
  return usage.status === 'known' ? usage.asOf : '';
}

async function ask(
  caller: Caller,
  keyId: string,
  clock: () => string,
  signal: AbortSignal,
): Promise<KeyUsageReading['usage']> {
  try {
    return { status: 'known', ...(await askLastUsage(caller, keyId)) };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { status: 'cannot-tell', error: toErrorInfo(thrown), asOf: clock() };
  }
}

/** GetKeyLastUsage. A use without its time is refused: it could be of any day. */
export async function askLastUsage(caller: Caller, keyId: string): Promise<Answer<KeyUsage>> {
  const operation = 'kms:GetKeyLastUsage';
  const answer = await caller.send(operation, new GetKeyLastUsageCommand({ KeyId: keyId }));
  const { KeyLastUsage: use, TrackingStartDate, KeyCreationDate } = answer.output;
  if (use?.Operation !== undefined && use.Timestamp === undefined) {
    throw new AppError('bad-response', `The answer to ${operation} has a use without its time.`, {
      operation,
    });
  }
  const facts = {
    lastUsedAt: isoDate(use?.Timestamp, operation),
    operation: use?.Operation,
    eventId: use?.CloudTrailEventId,
    trackedSince: isoDate(TrackingStartDate, operation),
    createdAt: isoDate(KeyCreationDate, operation),
  };
  const value = Object.fromEntries(
    Object.entries(facts).filter(([, fact]) => fact !== undefined),
  ) as KeyUsage;
  return { value, asOf: answer.asOf, requestId: answer.requestId };
}
