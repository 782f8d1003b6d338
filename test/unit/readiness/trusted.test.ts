import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import {
  trustedIdOf,
  trustedProblem,
  trustedSchema,
} from '../../../shared/model/readiness/trusted';

const problem = (text: string, ...known: string[]) =>
  trustedProblem(
    trustedIdOf(text),
    known.map((id) => ({ id })),
  );

describe('an id of a trusted account or organisation', () => {
  it('is taken as AWS writes it, and as its console shows it', () => {
    expect(trustedIdOf(' 444455556666 ')).toBe('444455556666');
    expect(trustedIdOf('4444-5555-6666')).toBe('444455556666');
    expect(trustedIdOf('4444 5555 6666')).toBe('444455556666');
    expect(trustedIdOf('O-EXAMPLE1234')).toBe('o-example1234');
    for (const right of ['444455556666', '4444-5555-6666', 'o-example1234']) {
      expect(problem(right), right).toBeUndefined();
    }
  });

  it('is refused with what is wrong with it', () => {
    expect(problem('44445555')).toBe('An account id has 12 digits; this has 8.');
    expect(problem('4444555566667')).toBe('An account id has 12 digits; this has 13.');
    expect(problem('o-short')).toContain('10 to 32');
    expect(problem('o-exam_ple1234')).toContain('10 to 32');
    for (const wrong of ['', 'arn:aws:iam::444455556666:root', 'ou-ab12-11111111', '*']) {
      expect(problem(wrong), wrong).toContain('12 digits of an account');
    }
  });

  it('is refused where it is trusted already', () => {
    expect(problem('4444-5555-6666', '444455556666')).toBe('444455556666 is trusted already.');
  });

  it('is what is kept, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const fits = trustedSchema.shape.id.safeParse(trustedIdOf(text)).success;
        expect(problem(text) === undefined).toBe(fits);
      }),
    );
  });
});
