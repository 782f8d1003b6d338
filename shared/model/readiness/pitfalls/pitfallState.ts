import type { Verdict, VerdictValue } from '../../verdict';
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
  const tied = tiedChecks(pitfall.checks, states);
  const asOf = tied.flatMap(({ state }) => state.asOf ?? []).toSorted()[0];
  const verdicts = tied.map(({ state }) => state.verdict);
  const verdict = { ...rollUp(verdicts, 'It is tied to no check.'), reason: reasonOf(verdicts) };
  return { pitfall, tied, verdict, ...(asOf !== undefined && { asOf }) };
}

/** Checks by their ids, with how they stand. */
export function tiedChecks(ids: readonly string[], states: readonly CheckState[]): TiedCheck[] {
  return ids.map((id): TiedCheck => {
    const check = checkOf(id);
    if (!check) throw new Error(`${id} is no check.`);
    return { check, state: states.find((one) => one.id === id) ?? notJudged };
  });
}

/** `3 of 13 checks fail, 1 cannot be told.`; of what needs nobody only where there is nothing else. */
function reasonOf(verdicts: readonly Verdict[]): string {
  const counts = countVerdicts(verdicts);
  const told = (values: readonly VerdictValue[]) =>
    values.flatMap((value) => {
      const count = counts[value];
      return count > 0 ? [[count, words[value][count === 1 ? 0 : 1]] as const] : [];
    });
  const open = told(['fail', 'cannot-tell', 'stale']);
  const [first, ...others] = open.length > 0 ? open : told(['pass', 'not-applicable']);
  if (!first) return 'It is tied to no check.';
  const [count, word] = first;
  const start = `${count} of ${verdicts.length} checks ${word}`;
  return `${[start, ...others.map((part) => part.join(' '))].join(', ')}.`;
}

const words: Readonly<Record<VerdictValue, readonly [single: string, many: string]>> = {
  fail: ['fails', 'fail'],
  'cannot-tell': ['cannot be told', 'cannot be told'],
  stale: ['is too old to count', 'are too old to count'],
  pass: ['passes', 'pass'],
  'not-applicable': ['is not concerned', 'are not concerned'],
};

const notJudged: TiedCheck['state'] = {
  verdict: { value: 'cannot-tell', reason: 'It was not judged yet.', remedy: 'Run the checks.' },
  counts: countVerdicts([]),
  waived: 0,
};
