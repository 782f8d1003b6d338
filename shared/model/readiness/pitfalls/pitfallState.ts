import type { Verdict } from '../../verdict';
import { countVerdicts, rollUp } from '../rollUp';
import type { CheckState } from '../state';
import { checkOf } from '../checks/index';
import type { Check } from '../check';
import type { Pitfall } from './pitfall';

/** A check that a pitfall is tied to, as it stands. */
export interface TiedCheck {
  readonly check: Check;
  readonly state: Pick<CheckState, 'verdict' | 'counts' | 'waived' | 'asOf'>;
}

export interface PitfallState {
  readonly pitfall: Pitfall;
  readonly verdict: Verdict;
  readonly tied: readonly TiedCheck[];
  /** The oldest answer that it rests on; absent where it rests on none. */
  readonly asOf?: string | undefined;
}

/**
 * How a pitfall stands: as the worst of the checks that it is tied to, by the rule by which a check
 * stands as the worst of its things. A check that was not judged cannot be told.
 */
export function pitfallState(pitfall: Pitfall, states: readonly CheckState[]): PitfallState {
  const tied = pitfall.checks.map((id): TiedCheck => {
    const check = checkOf(id);
    if (!check) throw new Error(`The pitfall ${pitfall.id} is tied to ${id}, which is no check.`);
    return { check, state: states.find((one) => one.id === id) ?? notJudged };
  });
  const asOf = tied.flatMap(({ state }) => state.asOf ?? []).toSorted()[0];
  const verdicts = tied.map(({ state }) => state.verdict);
  const verdict = { ...rollUp(verdicts, 'It is tied to no check.'), reason: reasonOf(verdicts) };
  return { pitfall, tied, verdict, ...(asOf !== undefined && { asOf }) };
}

/** `3 fail, 1 cannot be told, of 13 checks.`; of what needs nobody only where there is nothing else. */
function reasonOf(verdicts: readonly Verdict[]): string {
  const counts = countVerdicts(verdicts);
  const open = [
    counts.fail > 0 && `${counts.fail} fail`,
    counts['cannot-tell'] > 0 && `${counts['cannot-tell']} cannot be told`,
    counts.stale > 0 && `${counts.stale} ${counts.stale === 1 ? 'is' : 'are'} stale`,
  ].filter((part) => part !== false);
  const parts =
    open.length > 0 ? open : [`${counts.pass} pass`, `${counts['not-applicable']} do not apply`];
  return `${parts.join(', ')}, of ${verdicts.length} checks.`;
}

const notJudged: TiedCheck['state'] = {
  verdict: { value: 'cannot-tell', reason: 'It was not judged yet.', remedy: 'Run the checks.' },
  counts: countVerdicts([]),
  waived: 0,
};
