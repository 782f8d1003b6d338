import { expect, it } from 'vitest';
import { attestedItem } from '../../../shared/model/readiness/checks/people/attestedCheck';
import type { Attestation } from '../../../shared/model/readiness/people';

const attestation = (change: Partial<Attestation>): Attestation => ({
  id: 'a-1',
  check: 'owners-appointed',
  statement: 'It is so.',
  by: 'A. Officer, security',
  expires: '2030-12-31',
  at: '2026-01-10T12:00:00.000Z',
  recordedBy: 'officer',
  ...change,
});
const at = (time: string, ...all: Attestation[]) =>
  attestedItem('owners-appointed', all, new Date(time)).verdict.value;

it('counts through its last day in UTC, and not a minute longer', () => {
  const word = attestation({ expires: '2026-06-30' });
  expect(at('2026-06-30T23:59:59.999Z', word)).toBe('pass');
  expect(at('2026-07-01T00:00:00.000Z', word)).toBe('stale');
});

it('counts for a year at most, whatever its last day', () => {
  expect(at('2027-01-10T12:00:00.000Z', attestation({}))).toBe('pass');
  expect(at('2027-01-12T12:00:00.000Z', attestation({}))).toBe('stale');
});

it('fails once the newest is withdrawn: no older word stands in for it', () => {
  const older = attestation({});
  const newer = attestation({ id: 'a-2', at: '2026-02-10T12:00:00.000Z' });
  const withdrawn = { at: '2026-03-01T12:00:00.000Z', reason: 'The owner has left.' };
  expect(at('2026-04-01T12:00:00.000Z', older, { ...newer, withdrawn })).toBe('fail');
  expect(at('2026-04-01T12:00:00.000Z', { ...older, withdrawn }, newer)).toBe('pass');
});
