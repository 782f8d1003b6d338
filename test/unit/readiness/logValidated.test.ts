import { describe, expect, it } from 'vitest';
import type { DigestReport } from '../../../shared/model/events/digestReport';
import { logValidated } from '../../../shared/model/readiness/checks/audit/logValidated';
import {
  withRefusal,
  withReport,
  type DigestProof,
  type DigestRecord,
} from '../../../shared/model/readiness/digestProof';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import { digestProof, digestScope, digests, modified } from './fixtures/digests';
import { contextAt, readAt } from './fixtures/evidence';

const verdictOf = (...proofs: DigestProof[]) =>
  judgeCheck(logValidated, digests(...proofs), contextAt(0)).verdict;

describe('the proof of a week of the log', () => {
  it('may be put together of days, each validated for itself', () => {
    const proofs = Array.from({ length: 8 }, (_, n) =>
      digestProof({
        asOf: `2026-11-${17 + n}T12:00:00.000Z`,
        from: `2026-11-${16 + n}T11:00:00.000Z`,
        to: `2026-11-${17 + n}T11:00:00.000Z`,
      }),
    );
    const { verdict, items } = judgeCheck(logValidated, digests(...proofs), contextAt(0));
    expect(verdict.value).toBe('pass');
    // It is as old as the oldest of the days that it takes.
    expect(items[0]?.asOf).toBe('2026-11-18T12:00:00.000Z');
    expect(verdictOf(...proofs.slice(2)).value).toBe('cannot-tell');
  });

  it('has no hole', () => {
    const older = digestProof({ to: '2026-11-20T11:00:00.000Z' });
    const newer = digestProof({ from: '2026-11-20T12:00:00.000Z' });
    expect(verdictOf(older, newer)).toMatchObject({
      value: 'cannot-tell',
      reason: expect.stringContaining('only the time from 2026-11-20T12:00:00.000Z on') as string,
    });
    expect(verdictOf(older, { ...newer, from: '2026-11-20T11:00:00.000Z' }).value).toBe('pass');
  });

  it('reaches to the validation: digests that do not come any more prove nothing', () => {
    expect(verdictOf(digestProof({ to: '2026-11-24T08:00:00.000Z' })).value).toBe('cannot-tell');
  });

  it('is of one trail: two halves of two trails are none', () => {
    const first = digestProof({ to: '2026-11-21T00:00:00.000Z' });
    const second = digestProof({ from: '2026-11-20T00:00:00.000Z', trail: 'other' });
    expect(verdictOf(first, second).value).toBe('cannot-tell');
    expect(verdictOf(first, digestProof({ trail: 'other' })).value).toBe('pass');
  });

  it('is none where one file could not be read, and fails with a fault in any trail', () => {
    const unread = { unknowns: [{ object: 'a', why: 'Denied.' }], unknownsInAll: 1 };
    expect(verdictOf(digestProof(unread)).value).toBe('cannot-tell');
    const faulty = digestProof({ trail: 'other', faults: [modified], faultsInAll: 1 });
    expect(verdictOf(digestProof(), faulty).value).toBe('fail');
  });

  it('is taken away by a validation that came to nothing; a fault is not', () => {
    const refusal = {
      connection: 'practice',
      where: 's3://audit-logs',
      asOf: readAt,
      code: 'unreachable' as const,
      message: 'No connection.',
    };
    const judge = (proof: DigestProof) =>
      judgeCheck(logValidated, { digests: [digestScope([proof], [refusal])] }, contextAt(0))
        .verdict;
    expect(judge(digestProof()).value).toBe('cannot-tell');
    expect(judge(digestProof({ faults: [modified], faultsInAll: 1 })).value).toBe('fail');
  });
});

const empty: DigestRecord = { proofs: [], refusals: [] };
const chain = (from: string, to: string, region = 'eu-central-1') => ({
  account: '111122223333',
  region,
  trail: 'main',
  digests: [],
  from,
  to,
  outside: 0,
});
const report = (change: Partial<DigestReport> = {}): DigestReport => ({
  where: 's3://audit-logs',
  asOf: readAt,
  chains: [chain('2026-11-16T12:00:00.000Z', '2026-11-24T11:00:00.000Z')],
  faults: [],
  unknowns: [],
  digests: 191,
  logFiles: 2200,
  bytes: 1,
  verdict: { value: 'pass', reason: '' },
  ...change,
});
const fault = { ...modified, kind: 'modified' as const, file: 'log' as const, differs: [] };

describe('the record of validations', () => {
  it('keeps a fault until a validation that covers its time finds none', () => {
    const found = withReport(empty, 'practice', report({ faults: [fault] }));
    expect(found.proofs[0]).toMatchObject({ faultsInAll: 1 });
    const narrow = report({
      asOf: '2026-11-24T13:00:00.000Z',
      chains: [chain('2026-11-24T10:00:00.000Z', '2026-11-24T12:00:00.000Z')],
    });
    const after = withReport(found, 'practice', narrow);
    expect(after.proofs.map(({ faultsInAll }) => faultsInAll)).toEqual([1, 0]);
    const wide = report({ asOf: '2026-11-24T14:00:00.000Z' });
    expect(
      withReport(after, 'practice', wide).proofs.some(({ faultsInAll }) => faultsInAll > 0),
    ).toBe(false);
  });

  it('counts a fault against the Region that its file is of, and against all where it says none', () => {
    const chains = [
      chain('2026-11-16T12:00:00.000Z', '2026-11-24T11:00:00.000Z'),
      chain('2026-11-16T12:00:00.000Z', '2026-11-24T11:00:00.000Z', 'eu-west-1'),
    ];
    const counts = (object: string) =>
      withReport(empty, 'practice', report({ chains, faults: [{ ...fault, object }] })).proofs.map(
        ({ faultsInAll }) => faultsInAll,
      );
    expect(counts(modified.object)).toEqual([1, 0]);
    expect(counts('somewhere/else')).toEqual([1, 1]);
  });

  it('does not keep a pass of a trail whose digests are all gone', () => {
    const before = withReport(empty, 'practice', report());
    const asOf = '2026-11-24T13:00:00.000Z';
    const { proofs } = withReport(before, 'practice', report({ asOf, chains: [] }));
    expect(verdictOf(...proofs)).toMatchObject({ value: 'cannot-tell' });
    // A question about last month says nothing of today.
    const past = report({ asOf, chains: [], until: '2026-10-31T00:00:00.000Z' });
    expect(withReport(before, 'practice', past)).toEqual(before);
  });

  it('forgets that a bucket could not be listed once it was', () => {
    const refusal = {
      connection: 'practice',
      where: 's3://audit-logs',
      asOf: readAt,
      code: 'denied' as const,
      message: 'Denied.',
    };
    const refused = withRefusal(withRefusal(empty, refusal), refusal);
    expect(refused.refusals).toHaveLength(1);
    expect(withReport(refused, 'practice', report()).refusals).toEqual([]);
  });
});
