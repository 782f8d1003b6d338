import { compareVerdicts, verdictValues, type Verdict, type VerdictValue } from '../verdict';

export function countVerdicts(
  verdicts: Iterable<{ readonly value: VerdictValue }>,
): Record<VerdictValue, number> {
  const counts = { fail: 0, 'cannot-tell': 0, stale: 0, pass: 0, 'not-applicable': 0 };
  for (const { value } of verdicts) counts[value] += 1;
  return counts;
}

/**
 * The verdict of a whole check: any fail fails it; else anything that cannot be told keeps it from
 * being told; else anything stale makes it stale; else it passes if anything does. Where nothing
 * applies, `nothing` or the things themselves say why. The reason and the remedy are those of the
 * first thing of that verdict.
 */
export function rollUp(verdicts: readonly Verdict[], nothing: string): Verdict {
  const counts = countVerdicts(verdicts);
  const value = verdictValues.find((one) => counts[one] > 0) ?? 'not-applicable';
  const first = verdicts.find((verdict) => verdict.value === value);
  if (!first) return { value, reason: nothing };
  if (verdicts.length === 1) return first;
  const open = value === 'fail' && counts['cannot-tell'] > 0 ? counts['cannot-tell'] : 0;
  const others = open > 0 ? ` ${open} more cannot be told.` : '';
  if (counts[value] === verdicts.length && value === 'pass') {
    return { ...first, reason: `All ${verdicts.length} pass.` };
  }
  if (value === 'not-applicable') {
    return { ...first, reason: `None of ${verdicts.length} is concerned.` };
  }
  const [single, many] = words[value];
  const said = counts[value] === 1 ? single : many;
  const reason = `${counts[value]} of ${verdicts.length} ${said}${others}`;
  return { ...first, reason };
}

/** The verdict that needs a person first; undefined where there is none. */
export function gravest(verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.toSorted((a, b) => compareVerdicts(a.value, b.value))[0];
}

const words: Readonly<
  Record<Exclude<VerdictValue, 'not-applicable'>, readonly [single: string, many: string]>
> = {
  fail: ['fails.', 'fail.'],
  'cannot-tell': ['cannot be told.', 'cannot be told.'],
  stale: ['rests on evidence that is too old.', 'rest on evidence that is too old.'],
  pass: ['passes; the others are not concerned.', 'pass; the others are not concerned.'],
};
