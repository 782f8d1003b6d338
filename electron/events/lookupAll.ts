import type { CallContext } from '../../shared/contract/define';
import type { ImportReport } from '../../shared/model/events/coverage';
import { AppError } from '../../shared/model/errors';
import type { AwsGateway, Connections } from '../aws/types';
import { addReports, emptyReport, type SourceProgress } from './sources/report';
import { problemName } from './coverage';
import type { EventTableClient } from './startTable';

/**
 * Asks the event history of every chosen account and Region, the Regions side by side: each has its
 * quota. A Region that cannot be asked is named in the report; the others go on.
 */
export function createLookup({
  gateway,
  connections,
  table,
}: {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly table: () => EventTableClient;
}): (context: CallContext<SourceProgress>) => Promise<ImportReport> {
  return async ({ signal, progress }) => {
    const { lookupRegion } = await import('./sources/lookup');
    const chosen = await connections.chosen();
    const targets = chosen.flatMap(({ id, regions }) =>
      regions.map((region) => ({ connection: id, region })),
    );
    if (targets.length === 0) {
      throw new AppError('no-credentials', 'No account is chosen. Choose one under Accounts.');
    }
    const startedAt = performance.now();
    let events = 0;
    /** Requests of each Region: made, and still to make as far as that is known. */
    const requests = targets.map(() => ({ done: 0, left: 1 }));
    const tell = (what: string) => {
      const done = requests.reduce((sum, region) => sum + region.done, 0);
      const left = requests.reduce((sum, region) => sum + region.left, 0);
      const rates = targets.map((target) => gateway.rateFor('cloudtrail:LookupEvents', target));
      // Regions are asked side by side: the one with the most left decides.
      const seconds = Math.max(...rates.map((rate, index) => (requests[index]?.left ?? 0) / rate));
      const perSecond = Math.min(...rates);
      progress({
        done,
        expected: done + left,
        events,
        what,
        ...(Number.isFinite(seconds) && { remainingSeconds: Math.ceil(seconds) }),
        ...(Number.isFinite(perSecond) && { perSecond }),
      });
    };
    let report = emptyReport();
    await Promise.all(
      targets.map(async (target, index) => {
        const own = requests[index] ?? { done: 0, left: 0 };
        let account: string | undefined;
        try {
          ({ accountId: account } = await connections.identify(target.connection, signal));
          const taken = await lookupRegion(target, account, {
            gateway,
            table: table(),
            now: await connections.now(target.connection),
            signal,
            plan(count) {
              own.left = count;
              tell(target.region);
            },
            step(what, count) {
              own.done += 1;
              own.left = Math.max(0, own.left - 1);
              events += count;
              tell(what);
            },
          });
          report = addReports(report, taken);
          await noteProblem(account, target.region, undefined);
        } catch (error) {
          if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
          const what =
            account === undefined ? target.region : `Account ${account}, ${target.region}`;
          const problem = { what, message: error.message };
          report = { ...report, problems: [...report.problems, problem] };
          if (account !== undefined) await noteProblem(account, target.region, error.message);
        }
        own.left = 0;
      }),
    );
    return { ...report, ms: performance.now() - startedAt };
  };

  /** Coverage tells of a Region that could not be asked for as long as that is so. */
  async function noteProblem(account: string, region: string, message: string | undefined) {
    await table().writeState({ name: problemName(account, region), value: message ?? '' });
  }
}
