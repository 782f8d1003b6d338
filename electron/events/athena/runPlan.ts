import type { CallContext } from '../../../shared/contract/define';
import { bytesText, type AthenaPlan } from '../../../shared/model/events/athena';
import type { ImportReport } from '../../../shared/model/events/coverage';
import type { AwsGateway, Target } from '../../aws/types';
import { addReports, emptyReport, type SourceProgress } from '../sources/report';
import type { EventTableClient } from '../startTable';
import { wholeRows } from './csvParts';
import { runQuery, type EndedQuery } from './query';
import { resultPieces } from './resultObject';

/** A plan with where it runs. */
export interface RunnablePlan {
  readonly plan: AthenaPlan;
  readonly target: Target;
}

/**
 * Runs a plan's statements and takes the result in; what is in already stays where it breaks off.
 * Throws as runQuery, and what reading the result throws.
 */
export async function runPlan(
  gateway: AwsGateway,
  { plan, target }: RunnablePlan,
  table: Pick<EventTableClient, 'importAthena'>,
  { signal, progress }: CallContext<SourceProgress>,
): Promise<ImportReport & { bytesScanned: number; queryId: string }> {
  const startedAt = performance.now();
  const { statements, workGroup, outputLocation, bytes } = plan;
  let ended: EndedQuery = { id: '', outputLocation: '', bytesScanned: 0 };
  for (const sql of statements) {
    ended = await runQuery(gateway, { target, workGroup, outputLocation }, sql, {
      signal,
      progress: (done, state) =>
        progress({
          done,
          expected: Math.max(done, bytes),
          events: 0,
          what: `Athena: ${state.toLowerCase()}, ${bytesText(done)} scanned of about ${bytesText(bytes)}`,
        }),
    });
  }
  const { id: queryId, bytesScanned } = ended;

  let report = emptyReport();
  let part = 0;
  const pieces = resultPieces(gateway, target, ended.outputLocation, {
    signal,
    progress: (done, expected) =>
      progress({
        done,
        expected,
        events: report.events,
        what: `${bytesText(done)} of ${bytesText(expected)} of the result`,
      }),
  });
  for await (const rows of wholeRows(pieces)) {
    part += 1;
    const name = `athena ${queryId} part ${part}`;
    const taken = await table.importAthena({ name, csv: new Uint8Array(rows) }, { signal });
    report = addReports(report, taken);
  }
  return { ...report, ms: performance.now() - startedAt, bytesScanned, queryId };
}
