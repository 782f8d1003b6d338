import type { CallContext } from '../../shared/contract/define';
import type { ImportReport } from '../../shared/model/events/coverage';
import { AppError } from '../../shared/model/errors';
import type { AwsGateway, Connections } from '../aws/types';
import { addReports, emptyReport, type SourceProgress } from './sources/report';
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
    const { lookupRegion, requestsPerSweep } = await import('./sources/lookup');
    const chosen = await connections.chosen();
    const targets = chosen.flatMap(({ id, regions }) =>
      regions.map((region) => ({ connection: id, region })),
    );
    if (targets.length === 0) {
      throw new AppError('no-credentials', 'No account is chosen. Choose one under Accounts.');
    }
    const startedAt = performance.now();
    let done = 0;
    let events = 0;
    let report = emptyReport();
    await Promise.all(
      targets.map(async (target) => {
        try {
          const { accountId: account } = await connections.identify(target.connection, signal);
          const taken = await lookupRegion(target, account, {
            gateway,
            table: table(),
            now: await connections.now(target.connection),
            signal,
            step(what, count) {
              done += 1;
              events += count;
              const expected = Math.max(done, targets.length * requestsPerSweep);
              const rate = gateway.rateFor('cloudtrail:LookupEvents', target.region);
              const left = (expected - done) / (rate * targets.length);
              progress({
                done,
                expected,
                events,
                what,
                ...(Number.isFinite(left) && { remainingSeconds: Math.ceil(left) }),
              });
            },
          });
          report = addReports(report, taken);
        } catch (error) {
          if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
          const problem = { what: target.region, message: error.message };
          report = { ...report, problems: [...report.problems, problem] };
        }
      }),
    );
    return { ...report, ms: performance.now() - startedAt };
  };
}
