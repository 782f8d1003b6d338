import { drillDocumentId } from '../../../shared/model/readiness/checks/recovery/drillCheck';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import type {
  DrillFact,
  DrillFindingFact,
  DrillPlanFact,
} from '../../../shared/model/readiness/sources';
import type { DrillSummary } from '../../../shared/contract/drills';
import type { Connections } from '../../aws/types';
import type { Drills } from '../../drills/index';
import type { Source } from './source';

/** What readiness asks of drills. */
export interface DrillsAsked {
  readonly list: Drills['handlers']['list'];
  readonly facts: Pick<Drills['facts'], 'plans' | 'findings'>;
}

/**
 * The drills on record. A drill in the practice account proves nothing of a real one: it counts only
 * where the practice account is all that is chosen.
 */
export function drillsSource(parts: {
  readonly drills: DrillsAsked;
  readonly connections: Connections;
  readonly now: () => Date;
}): Source<'drills'> {
  return {
    id: 'drills',
    async load() {
      const chosen = await parts.connections.chosen();
      const practiceOnly = chosen.length > 0 && chosen.every(({ kind }) => kind === 'practice');
      const { signal } = new AbortController();
      const { list, facts } = parts.drills;
      const all = await list(undefined, { signal, progress: () => {} });
      const drills = all
        .flatMap((drill) => factOf(drill) ?? [])
        .filter(({ practice }) => practice === practiceOnly);
      const names = new Map(
        all
          .filter(({ practice }) => practice === practiceOnly)
          .map((one) => [one.id, one.planName]),
      );
      const plans = facts
        .plans()
        .filter(({ plan: { scope } }) => (scope.connection === 'practice') === practiceOnly)
        .map(({ plan: { id, name }, due }): DrillPlanFact => ({ id, name, due }));
      const findings = facts.findings().flatMap(({ drill, finding }): DrillFindingFact[] => {
        const { id, text, owner, due, state } = finding;
        const drillName = names.get(drill);
        if (state === 'retested' || drillName === undefined) return [];
        return [{ id, text, owner, due, state, drill, drillName }];
      });
      const evidence = { asOf: parts.now().toISOString(), drills, plans, findings };
      return {
        evidence,
        documents: (): EvidenceDocument[] => [
          {
            id: drillDocumentId,
            source: 'drills',
            calls: [{ operation: 'the record of drills' }],
            facts: [...drills, ...plans, ...findings].map((fact) => ({ ...fact })),
          },
        ],
      };
    },
  };
}

/** Undefined for a drill that is not over. */
function factOf(drill: DrillSummary): DrillFact | undefined {
  const { id, planName, practice, closedAt, result, signatures } = drill;
  if (closedAt === undefined) return undefined;
  const reason = words[result];
  return { id, name: planName, practice, closedAt, result, reason, signatures };
}

const words = {
  passed: 'all objectives are met.',
  failed: 'not all objectives are met.',
  incomplete: 'not all objectives were tested, or could be told.',
} as const;
