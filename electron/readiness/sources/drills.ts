import { drillDocumentId } from '../../../shared/model/readiness/checks/recovery/drillCheck';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import type { DrillFact } from '../../../shared/model/readiness/sources';
import type { DrillSummary } from '../../../shared/contract/drills';
import type { Connections } from '../../aws/types';
import type { Drills } from '../../drills/index';
import type { Source } from './source';

/**
 * The drills on record. A drill in the practice account proves nothing of a real one: it counts only
 * where the practice account is all that is chosen.
 */
export function drillsSource(parts: {
  readonly listDrills: Drills['handlers']['list'];
  readonly connections: Connections;
  readonly now: () => Date;
}): Source<'drills'> {
  return {
    id: 'drills',
    async load() {
      const chosen = await parts.connections.chosen();
      const practiceOnly = chosen.length > 0 && chosen.every(({ kind }) => kind === 'practice');
      const { signal } = new AbortController();
      const all = await parts.listDrills(undefined, { signal, progress: () => {} });
      const drills = all
        .flatMap((drill) => factOf(drill) ?? [])
        .filter(({ practice }) => practice === practiceOnly);
      const evidence = { asOf: parts.now().toISOString(), drills };
      return {
        evidence,
        documents: (): EvidenceDocument[] => [
          {
            id: drillDocumentId,
            source: 'drills',
            calls: [{ operation: 'the record of drills' }],
            facts: drills.map((drill) => ({ ...drill })),
          },
        ],
      };
    },
  };
}

/** Undefined for a drill that is not over. */
function factOf(drill: DrillSummary): DrillFact | undefined {
  const { id, planName, practice, closedAt, result, signatures, openFindings } = drill;
  if (closedAt === undefined) return undefined;
  const reason = words[result];
  return { id, name: planName, practice, closedAt, result, reason, signatures, openFindings };
}

const words = {
  passed: 'all objectives are met.',
  failed: 'not all objectives are met.',
  incomplete: 'not all objectives were tested, or could be told.',
} as const;
