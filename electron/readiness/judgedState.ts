import { checks } from '../../shared/model/readiness/checks/index';
import { countVerdicts } from '../../shared/model/readiness/rollUp';
import { scoreGroups } from '../../shared/model/readiness/score';
import { readinessStateSchema, type ReadinessState } from '../../shared/model/readiness/state';
import type { ValueStore } from '../settings/index';

const stateName = 'readiness.state';

/** The checklist as it was last judged, with the journal's entry of that; it outlives the program. */
export function openJudgedState(values: ValueStore) {
  return {
    /** Where nothing was judged yet, every check is one that cannot be told. */
    stored: (): { state: ReadinessState; journalSeq?: number | undefined } => {
      const value = values.readValue(stateName) as
        { state?: unknown; journalSeq?: unknown } | undefined;
      const state = readinessStateSchema.safeParse(value?.state).data;
      const seq = value?.journalSeq;
      return {
        state: state ?? neverJudged(),
        journalSeq: typeof seq === 'number' ? seq : undefined,
      };
    },
    keep: (state: ReadinessState, journalSeq: number): void => {
      values.writeValue(stateName, { state, journalSeq });
    },
  };
}

/** Before anything was read nothing can be told. */
function neverJudged(): ReadinessState {
  const verdict = {
    value: 'cannot-tell' as const,
    reason: 'Nothing was read yet.',
    remedy: 'Run the checks.',
  };
  const nothing = countVerdicts([]);
  return {
    scope: [],
    sources: [],
    counts: countVerdicts(checks.map(() => verdict)),
    groups: scoreGroups(checks.map(({ group }) => ({ group, value: verdict.value }))),
    checks: checks.map(({ id }) => ({ id, verdict, counts: nothing, waived: 0 })),
    changes: [],
    changesInAll: 0,
    next: [],
    running: false,
  };
}
