import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../../shared/model/events/event';
import { aboutOf, triage } from '../../../shared/model/events/triage';
import { eventRow, eventRows } from './exampleEvents';

const now = new Date('2026-11-24T12:00:00Z');
const key = (n: number) => `arn:aws:kms:eu-central-1:111122223333:key/${n}`;
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();

let next = 0;
function failed(members: Partial<EventRow> = {}): EventRow {
  next += 1;
  return eventRow({
    eventId: `event-${next}`,
    outcome: 'failed',
    error: 'DisabledException',
    cause: 'disabled',
    keys: [key(1)],
    ...members,
  });
}

describe('triage', () => {
  it('groups by cause, caller, key and what the encryption context names', () => {
    const groups = triage(
      [
        failed(),
        failed({ at: '2026-11-24T09:00:00Z' }),
        failed({ caller: 'bob' }),
        failed({ cause: 'wrong-key' }),
        failed({ encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::invoices' } }),
        failed({ keys: [key(2)] }),
      ],
      now,
    );
    expect(groups.map(({ count }) => count).toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 2]);
    const twice = groups.find(({ count }) => count === 2);
    expect(twice).toMatchObject({
      cause: 'disabled',
      first: '2026-11-24T09:00:00Z',
      last: '2026-11-24T10:00:00Z',
      trend: 'new',
      next: expect.stringContaining('Enable the key') as string,
    });
    expect(groups.map(({ about }) => about)).toContain('bucket invoices');
  });

  it.each([
    ['Sign', 'disabled', 'ann could not use key 1 for signatures: the key is disabled.'],
    [
      'Verify',
      'wrong-signature',
      'ann could not use key 1 for signatures: the signature or MAC does not fit the message.',
    ],
    ['GenerateMac', 'disabled', 'ann could not use key 1 for MACs: the key is disabled.'],
    [
      'Decapsulate',
      'pending-deletion',
      'ann could not use key 1 for shared secrets: the key is about to be deleted.',
    ],
  ] as const)('looks at every kind of use: %s', (name, cause, summary) => {
    expect(triage([failed({ name, cause })], now)).toMatchObject([{ summary, names: [name] }]);
    expect(
      triage([failed({ name: 'GenerateRandom' }), failed({ name: 'DescribeKey' })], now),
    ).toEqual([]);
  });

  it('tells as one who tries key after key', () => {
    const [group, ...others] = triage(
      Array.from({ length: 40 }, (_, n) =>
        failed({ cause: 'denied', outcome: 'denied', keys: [key(n)], message: 'explicit deny' }),
      ),
      now,
    );
    expect(others).toEqual([]);
    expect(group).toMatchObject({ count: 40, deniedBy: 'explicit deny' });
    expect(group?.summary).toBe('ann could not use any of 40 keys for data: access was denied.');
  });

  it.each([
    [[20, 21], 'over'],
    [[1, 2], 'new'],
    [[1, 30], 'rising'],
    [[1, 2, 3, 10], 'rising'],
    [[1, 9, 10, 11], 'falling'],
    [[1, 2, 9, 10], 'steady'],
  ])('of %j days ago reads %s', (days, trend) => {
    const [group] = triage(
      days.map((day) => failed({ at: daysAgo(day) })),
      now,
    );
    expect(group?.trend).toBe(trend);
  });

  it.each([
    ['because no resource-based policy allows the kms:Decrypt action', 'key policy'],
    ['because no identity-based policy allows the kms:Decrypt action', 'identity policy'],
    ['with an explicit deny in a service control policy', 'service control policy'],
    ['with an explicit deny in a resource-based policy', 'explicit deny'],
    ['because no permissions boundary allows', 'permissions boundary'],
    ['no', 'policy'],
  ])('says that a denial "%s" came from the %s', (message, deniedBy) => {
    const [group] = triage([failed({ cause: 'denied', message })], now);
    expect(group?.deniedBy).toBe(deniedBy);
    expect(group?.next).toMatch(/\.$/);
  });

  it('leaves out what worked, tests of permissions and other services', () => {
    const rows = [
      eventRow(),
      failed({ dryRun: true }),
      failed({ source: 's3.amazonaws.com' }),
      failed({ name: 'DescribeKey' }),
    ];
    expect(triage(rows, now)).toEqual([]);
  });

  it('counts every failed use once', () => {
    fc.assert(
      fc.property(eventRows, (rows) => {
        const expected = rows.filter(
          (row) => row.outcome !== 'ok' && !row.dryRun && row.name !== 'PutKeyPolicy',
        ).length;
        const groups = triage(rows, now);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(expected);
        expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
      }),
    );
  });

  it('names the thing that AWS’s services put into the context first', () => {
    expect(aboutOf({})).toBeUndefined();
    expect(aboutOf({ purpose: 'x', 'aws:ebs:id': 'vol-1' })).toBe('volume vol-1');
    expect(aboutOf({ purpose: 'archive', a: 'b' })).toBe('a b');
  });
});
