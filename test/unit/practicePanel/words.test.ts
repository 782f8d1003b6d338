import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterRequests } from '../../../renderer/practice/requestFilter';
import { aheadWords, parseDate } from '../../../renderer/practice/clockWords';
import { faultScope, faultTitle, ordinal } from '../../../renderer/practice/faults';
import type { PracticeRequest } from '../../../shared/contract/practice';

const day = 86_400_000;
const now = Date.parse('2026-11-23T15:00:00Z');

describe('the clock in words', () => {
  it('says how far it is from this machine', () => {
    expect(aheadWords(0)).toBe('As this machine’s clock');
    expect(aheadWords(90 * 60_000)).toBe('90 minutes ahead of this machine');
    expect(aheadWords(-5 * 3_600_000)).toBe('5 hours behind this machine');
    expect(aheadWords(1461 * day)).toBe('1,461 days ahead of this machine');
  });

  it('reads dates to come, as UTC', () => {
    expect(parseDate('2027-12-31', now)).toEqual({ to: '2027-12-31T00:00:00.000Z' });
    expect(parseDate(' 2026-11-23 15:01 ', now)).toEqual({ to: '2026-11-23T15:01:00.000Z' });
    expect(parseDate('2027-12-31T09:00:00Z', now)).toEqual({ to: '2027-12-31T09:00:00.000Z' });
  });

  it.each(['2026-11-22', '2026-11-23 15:00', '31.12.2027', '2027-02-30', '2027-13-01', '', 'soon'])(
    'refuses %j with a sentence',
    (text) => {
      expect(parseDate(text, now)).toEqual({
        error: expect.stringMatching(/^[A-Z].*\.$/) as string,
      });
    },
  );

  it('takes any date to come that it would write itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500_000 }), (minutes) => {
        const to = new Date(now + minutes * 60_000).toISOString();
        expect(parseDate(to.slice(0, 16).replace('T', ' '), now)).toEqual({ to });
      }),
    );
  });
});

describe('faults in words', () => {
  it('name what happens, to what and how often', () => {
    expect(faultTitle({ operation: 'kms:Decrypt', kind: 'deny', every: 1 })).toBe('Deny Decrypt');
    expect(faultTitle({ operation: '*', kind: 'throttle', every: 3 })).toBe(
      'Throttle every 3rd request',
    );
    expect(faultTitle({ operation: 'kms:*', kind: 'cut', every: 2 })).toBe(
      'Cut the connection of every 2nd KMS request',
    );
    expect(faultTitle({ operation: '*', kind: 'time-out', every: 1 })).toBe(
      'Never answer every request',
    );
    expect(faultTitle({ operation: 'kms:DescribeKey', kind: 'server-error', every: 10 })).toBe(
      'Server error for every 10th DescribeKey',
    );
    expect(faultScope({ operation: '*', kind: 'cut' })).toBe('All requests in every Region');
    expect(faultScope({ operation: 'kms:*', region: 'eu-west-1', kind: 'cut' })).toBe(
      'All KMS requests in eu-west-1',
    );
  });

  it('count as people do', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 112].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '101st',
      '111th',
      '112th',
    ]);
  });
});

describe('the filter of requests', () => {
  const request = (seq: number, more: Partial<PracticeRequest>): PracticeRequest => ({
    seq,
    at: '2026-11-23T15:00:00.000Z',
    requestId: `id-${seq}`,
    operation: 'kms:Decrypt',
    outcome: 'ok',
    durationMs: 1,
    ...more,
  });
  const requests = [
    request(3, { region: 'eu-west-1', key: 'alias/Payments' }),
    request(2, { operation: 'kms:Encrypt', outcome: 'denied', error: 'AccessDeniedException' }),
    request(1, { principal: 'arn:aws:iam::111122223333:user/ada' }),
  ];
  const none = { search: '', outcomes: [], operations: [] };
  const seqs = (filter: Partial<typeof none>) =>
    filterRequests(requests, { ...none, ...filter }).map(({ seq }) => seq);

  it('leaves everything where it asks for nothing', () => {
    expect(filterRequests(requests, none)).toBe(requests);
  });

  it('finds all words, in any part of a request and in any case', () => {
    expect(seqs({ search: 'payments eu-west' })).toEqual([3]);
    expect(seqs({ search: 'ACCESSDENIED' })).toEqual([2]);
    expect(seqs({ search: 'user/ada id-1' })).toEqual([1]);
    expect(seqs({ search: 'payments ada' })).toEqual([]);
  });

  it('narrows to outcomes and operations', () => {
    expect(filterRequests(requests, { ...none, outcomes: ['denied', 'throttled'] })).toHaveLength(
      1,
    );
    expect(filterRequests(requests, { ...none, operations: ['kms:Decrypt'] })).toHaveLength(2);
  });
});
