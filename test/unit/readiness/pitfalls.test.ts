import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../shared/model/readiness/checks/index';
import { pitfalls } from '../../../shared/model/readiness/pitfalls/index';
import { pitfallIds } from '../../../shared/model/readiness/pitfalls/pitfall';
import { pitfallState } from '../../../shared/model/readiness/pitfalls/pitfallState';
import { countVerdicts } from '../../../shared/model/readiness/rollUp';
import type { CheckState } from '../../../shared/model/readiness/state';
import { compareVerdicts, verdictValues, type VerdictValue } from '../../../shared/model/verdict';

const stateOf = (id: string, value: VerdictValue): CheckState => ({
  id,
  verdict: { value, reason: `It is ${value}.` },
  counts: countVerdicts([{ value }]),
  waived: 0,
});

it('has the seven of the guide in its order, each in two sentences', () => {
  expect(pitfalls.map(({ id }) => id)).toEqual(pitfallIds);
  for (const { what, measures } of pitfalls) {
    expect(what.match(/\.(?= |$)/g)).toHaveLength(2);
    expect(measures.length).toBeGreaterThan(0);
  }
});

describe.each(pitfalls.map((pitfall) => [pitfall.id, pitfall] as const))('%s', (_id, pitfall) => {
  it('is tied to checks that there are, each once', () => {
    expect(pitfall.checks.length).toBeGreaterThan(0);
    expect(new Set(pitfall.checks).size).toBe(pitfall.checks.length);
    expect(pitfall.checks.filter((id) => !checkOf(id))).toEqual([]);
  });

  it('is never better than the worst of its checks', () => {
    const many = pitfall.checks.length;
    const values = array(constantFrom(...verdictValues), { minLength: many, maxLength: many });
    assert(
      property(values, (drawn) => {
        const states = pitfall.checks.map((id, at) => stateOf(id, drawn[at] ?? 'fail'));
        const { verdict } = pitfallState(pitfall, states);
        const [worst] = drawn.toSorted(compareVerdicts);
        expect(verdict.value).toBe(worst);
      }),
    );
  });

  it.each(pitfall.checks)('cannot be told where %s was not judged', (left) => {
    const states = pitfall.checks.filter((id) => id !== left).map((id) => stateOf(id, 'pass'));
    expect(pitfallState(pitfall, states).verdict.value).toBe('cannot-tell');
  });
});
