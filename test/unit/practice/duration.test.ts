import { expect, it } from 'vitest';
import { addDuration } from '../../../electron/practice/account/duration';

const from = Date.parse('2026-01-31T00:00:00Z');
const iso = (duration: string) => {
  const sum = addDuration(from, duration);
  return sum === undefined ? undefined : new Date(sum).toISOString();
};

it.each([
  ['P90D', '2026-05-01T00:00:00.000Z'],
  ['P1Y', '2027-01-31T00:00:00.000Z'],
  ['P2W', '2026-02-14T00:00:00.000Z'],
  ['PT1H30M', '2026-01-31T01:30:00.000Z'],
  ['-P1D', '2026-01-30T00:00:00.000Z'],
  ['P1DT12H', '2026-02-01T12:00:00.000Z'],
])('adds %s', (duration, sum) => {
  expect(iso(duration)).toBe(sum);
});

it.each(['', 'P', 'PT', '90D', 'P90', 'P1D2M', 'PT1D', 'P1.5D', `P${'9'.repeat(30)}Y`])(
  'knows that %s is none',
  (duration) => {
    expect(iso(duration)).toBeUndefined();
  },
);
