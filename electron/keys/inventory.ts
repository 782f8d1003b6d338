import type { InventoryProgress, InventorySummary } from '../../shared/contract/keys';
import type { ErrorInfo } from '../../shared/model/errors';
import type { KeyRow, ScopeReport } from '../../shared/model/key';
import type { AwsGateway, Connections } from '../aws/types';
import { accountClock } from './accountClock';
import { markGone } from './gone';
import { standOf, type LiveRow } from './liveRow';
import { createOutbox } from './outbox';
import { createRegionRun, type RegionRun } from './regionRun';
import { createSaver } from './saver';
import { summaryOf, type ChosenScope } from './scopes';
import { rowsPerPart, type Scope, type Snapshots } from './snapshots';

export interface InventoryOptions {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly snapshots: Snapshots;
  readonly now: () => Date;
}

/** Regions that are read at the same time; each keeps its own quotas busy. */
const regionsAtOnce = 16;

/**
 * Reads the given scopes anew: rows are told as soon as they have metadata and again as more comes in,
 * the snapshot is written meanwhile. Cancelling keeps what was had. Throws AppError where the snapshot
 * could not be written (`disk-full`, `store-corrupt`); what AWS refuses is in rows and reports.
 */
export async function refreshInventory(
  { gateway, connections, snapshots, now }: InventoryOptions,
  scopes: readonly ChosenScope[],
  { signal, progress }: { signal: AbortSignal; progress: (value: InventoryProgress) => void },
): Promise<InventorySummary> {
  const saver = createSaver(snapshots);
  const runs: RegionRun[] = [];
  const failed: ScopeReport[] = [];
  const told = new Map<string, string>();

  const outbox = createOutbox<LiveRow>({
    send: (part) => sendRows(part.map((live) => standOf(live).row)),
    afterRound: () => {
      tellReports();
      progress({ kind: 'count', ...countOf(runs, gateway) });
      void saver.save();
    },
    size: rowsPerPart,
    firstMs: 30,
    everyMs: 200,
  });

  function sendRows(rows: KeyRow[]): void {
    progress({ kind: 'rows', rows });
  }

  function tellReports(): void {
    for (const report of [...runs.map((run) => run.report()), ...failed]) {
      const id = `${report.connection} ${report.region}`;
      const text = JSON.stringify(report);
      if (told.get(id) === text) continue;
      told.set(id, text);
      progress({ kind: 'scope', scope: report });
    }
  }

  function onRow(live: LiveRow): void {
    saver.changed(live);
    // Before its metadata a row has little to show; the snapshot's row stands meanwhile.
    if (live.fresh.metadata) outbox.add(live);
  }

  async function readScope(scope: ChosenScope): Promise<void> {
    const { chosen, connection, region } = scope;
    if (signal.aborted) return;
    if (chosen.problem) {
      failed.push(failedReport(scope, chosen.problem, snapshots));
      return;
    }
    const run = createRegionRun({
      gateway,
      snapshots,
      scope: { connection, region, connectionName: chosen.name },
      signal,
      clock: await accountClock(connections, connection, now),
      identify: () =>
        connections.identify(connection, signal).then(
          ({ accountId }) => accountId,
          () => undefined,
        ),
      onRow,
    });
    runs.push(run);
    await run.run();
    await saver.save();
    if (run.listedAll && !signal.aborted) {
      for await (const part of markGone(snapshots, scope, run)) sendRows(part);
    }
  }

  try {
    await eachAtOnce(scopes, regionsAtOnce, readScope);
    await outbox.drain();
  } finally {
    outbox.close();
    await saver.finish();
  }
  for (const run of runs) saveReport(snapshots, run);
  for (const report of failed) snapshots.saveScope(report, listedAt(snapshots, report));
  if (saver.failure !== undefined) throw saver.failure;
  tellReports();
  progress({ kind: 'count', ...countOf(runs, gateway) });
  return summaryOf(scopes, snapshots);
}

/** Everything that waits, added up; the API with the longest way to go says how long it takes. */
function countOf(
  runs: readonly RegionRun[],
  gateway: AwsGateway,
): { done: number; expected: number; remainingSeconds: number } {
  const counts = runs.map((run) => run.progress());
  const waiting = new Map<string, { calls: number; perSecond: number }>();
  for (const run of runs) {
    const { connection, region } = run.report();
    for (const { operation, calls } of run.openCalls()) {
      // Two connections into one account share its quota.
      const id = `${run.accountId ?? ''} ${region} ${operation}`;
      const entry = waiting.get(id) ?? {
        calls: 0,
        perSecond: gateway.rateFor(operation, { connection, region }),
      };
      waiting.set(id, { ...entry, calls: entry.calls + calls });
    }
  }
  const seconds = [...waiting.values()].map(({ calls, perSecond }) => calls / perSecond);
  return {
    done: counts.reduce((sum, { done }) => sum + done, 0),
    expected: counts.reduce((sum, { expected }) => sum + expected, 0),
    remainingSeconds: Math.round(Math.max(0, ...seconds) * 10) / 10,
  };
}

function saveReport(snapshots: Snapshots, run: RegionRun): void {
  const report = run.report();
  const listed = run.listedAll && report.state !== 'cancelled' ? report.asOf : undefined;
  snapshots.saveScope(report, listed ?? listedAt(snapshots, report));
}

function listedAt(snapshots: Snapshots, scope: Scope): string | undefined {
  return snapshots.scope(scope)?.listedAt;
}

function failedReport(
  { chosen, connection, region }: ChosenScope,
  problem: ErrorInfo,
  snapshots: Snapshots,
): ScopeReport {
  const stored = snapshots.scope({ connection, region })?.report;
  return {
    connection,
    connectionName: chosen.name,
    accountId: stored?.accountId,
    region,
    keys: snapshots.count({ connection, region }),
    asOf: stored?.asOf,
    state: 'failed',
    problems: [{ operation: 'credentials', code: problem.code, message: problem.message, keys: 0 }],
  };
}

async function eachAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}
