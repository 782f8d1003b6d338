import { z } from 'zod';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import { trailDocumentId } from '../../../shared/model/readiness/checks/audit/trailCheckOf';
import type { TrailScope } from '../../../shared/model/readiness/sources';
import { trailReportSchema, type TrailReport } from '../../../shared/model/events/trailCheck';
import type { Connections } from '../../aws/types';
import type { Events } from '../../events/index';
import type { SourceStore } from '../store/sources';
import type { Source } from './source';

const storedSchema = z.array(trailReportSchema);

/** The trail check of every chosen Region, as it was last read. */
export function trailsSource(parts: {
  readonly checkTrails: Events['handlers']['checkTrails'];
  readonly connections: Connections;
  readonly store: SourceStore;
}): Source<'trails'> & { readonly keep: (reports: readonly TrailReport[]) => void } {
  const { checkTrails, connections, store } = parts;
  const keep = (reports: readonly TrailReport[]) => store.write('trails', reports);
  return {
    id: 'trails',
    keep,
    async read({ signal, progress }) {
      const reports = await checkTrails(undefined, {
        signal,
        progress: ({ done, expected }) => progress(done / expected),
      });
      keep(reports);
    },
    async load() {
      const reports = store.read('trails', storedSchema);
      if (!reports) return undefined;
      const chosen = await connections.chosen();
      const scopes = chosen.flatMap(({ id, name, regions }) =>
        regions.map((region): TrailScope => {
          const answer = reports.find((one) => one.connection === id && one.region === region);
          return {
            connection: id,
            connectionName: name,
            account: answer?.account,
            region,
            answer: answer ?? {
              code: 'not-found',
              message: `The trails of ${region} were not read yet.`,
            },
          };
        }),
      );
      return {
        evidence: scopes,
        documents: (principalOf) =>
          scopes.flatMap(({ answer }) =>
            'checks' in answer ? [documentOf(answer, principalOf(answer.connection))] : [],
          ),
      };
    },
  };
}

function documentOf(
  { connection, account, region, checks }: TrailReport,
  principal: string | undefined,
): EvidenceDocument {
  const seen = new Map<string, TrailReport['checks'][number]['evidence'][number]>();
  for (const { evidence } of checks) {
    for (const call of evidence) seen.set(JSON.stringify(call), call);
  }
  const calls = [...seen.values()];
  return {
    id: trailDocumentId(`${connection}/${region}`),
    source: 'trails',
    connection,
    account,
    region,
    principal,
    calls: calls.map(({ operation, region: where, requestId, asOf, facts }) => ({
      operation,
      region: where,
      requestId,
      asOf,
      ...(facts['error'] !== undefined && {
        error: `${facts['error']}: ${facts['message'] ?? ''}`,
      }),
    })),
    facts: calls.map(({ operation, facts }) => ({ operation, ...facts })),
  };
}
