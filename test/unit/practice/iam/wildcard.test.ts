import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, fitsArn, toPattern } from '../../../../electron/practice/iam/wildcard';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '.'), maxLength: 12 });
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 10 });

describe('a pattern', () => {
  it('fits what the same regular expression fits', () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const expression = pattern
          .replaceAll('.', '\\.')
          .replaceAll('*', '.*')
          .replaceAll('?', '.');
        expect(fits(toPattern(pattern), text)).toBe(new RegExp(`^${expression}$`, 's').test(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time that no policy can draw out', () => {
    expect(fits(toPattern(`${'*a'.repeat(2000)}b`), 'a'.repeat(4000))).toBe(false);
  });

  it('of an ARN never reaches over a colon, except in the resource', () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1';
    expect(fitsArn(toPattern('arn:aws:kms:*:111122223333:*'), arn)).toBe(true);
    expect(fitsArn(toPattern('arn:aws:*:key/1'), arn)).toBe(false);
    expect(
      fitsArn(toPattern('arn:aws:kms:eu-central-1:1*:a:*'), 'arn:aws:kms:eu-central-1:11:a:b:c'),
    ).toBe(true);
    expect(fitsArn(toPattern('*'), '*')).toBe(true);
    expect(fitsArn(toPattern('arn:aws:kms:*:*:key/*'), '*')).toBe(false);
  });
});
