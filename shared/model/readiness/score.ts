import type { VerdictValue } from '../verdict';
import { groupIds, type GroupId } from './groups';
import { countVerdicts } from './rollUp';
import type { GroupState } from './state';

/**
 * The score of each group: of the checks that apply, how many pass. What cannot be told or is stale
 * counts as one that does not pass, so that taking a permission away never raises a score.
 */
export function scoreGroups(
  checks: readonly { readonly group: GroupId; readonly value: VerdictValue }[],
): GroupState[] {
  return groupIds.map((id) => {
    const counts = countVerdicts(checks.filter(({ group }) => group === id));
    const applicable = counts.fail + counts['cannot-tell'] + counts.stale + counts.pass;
    const score = applicable === 0 ? null : Math.floor((100 * counts.pass) / applicable);
    return { id, score, counts };
  });
}
