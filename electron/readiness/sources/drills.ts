import { drillDocumentId } from '../../../shared/model/readiness/checks/recovery/drillCheck';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import type { DrillFact } from '../../../shared/model/readiness/sources';
import type { Connections } from '../../aws/types';
import type { Source } from './source';

/** What the checklist asks of recovery drills. */
export interface DrillRecords {
  /** The drills that are over, in any order. */
  closed(): Promise<readonly DrillFact[]>;
}

/**
 * The drills on record. A drill in the practice account proves nothing of a real one: it counts only
 * where the practice account is all that is chosen.
 */
export function drillsSource(parts: {
  readonly drills: DrillRecords;
  readonly connections: Connections;
  readonly now: () => Date;
}): Source<'drills'> {
  return {
    id: 'drills',
    async load() {
      const chosen = await parts.connections.chosen();
      const practiceOnly = chosen.length > 0 && chosen.every(({ kind }) => kind === 'practice');
      const closed = await parts.drills.closed();
      const drills = closed.filter(({ practice }) => practice === practiceOnly);
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
