import { describe, expect, it } from 'vitest';
import { lastUseOf } from '../../../shared/model/keyUsage';
import { notUnused } from '../../../shared/model/readiness/checks/keys/notUnused';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import { contextAt, keyRow, keys } from './fixtures/evidence';
import { usedKey } from './fixtures/keys';

const old = '2023-02-01T08:00:00.000Z';
const since = '2026-04-23T00:00:00.000Z';

describe('the three readings of GetKeyLastUsage', () => {
  it.each([
    [{ lastUsedAt: '2026-11-01T00:00:00.000Z' }, 'used'],
    [{ trackedSince: since, createdAt: '2026-05-01T00:00:00.000Z' }, 'never'],
    [{ trackedSince: since, createdAt: since }, 'never'],
    [{ trackedSince: since, createdAt: old }, 'unknown'],
    [{ createdAt: old }, 'unknown'],
    [{ trackedSince: since }, 'unknown'],
    [{}, 'unknown'],
  ])('%j is %s', (usage, kind) => {
    expect(lastUseOf(usage).kind).toBe(kind);
  });
});

describe('a key', () => {
  const verdictOf = (usage: Parameters<typeof usedKey>[0]) =>
    judgeCheck(notUnused, usedKey(usage), contextAt(0)).verdict;

  it('is never called unused where AWS does not know', () => {
    const verdict = verdictOf({ createdAt: old, trackedSince: since });
    expect(verdict.value).toBe('cannot-tell');
    expect(verdict.reason).toContain('2026-04-23');
  });

  it('that was never used fails once it is old enough to be judged', () => {
    const createdAt = '2026-11-20T00:00:00.000Z';
    expect(verdictOf({ createdAt, trackedSince: createdAt }).value).toBe('not-applicable');
    expect(verdictOf({ createdAt: '2026-06-01T00:00:00.000Z' }).value).toBe('fail');
  });

  it('is not judged before AWS was asked, nor where it is to be deleted', () => {
    const unasked = { ...keys(keyRow()), usage: [] };
    expect(judgeCheck(notUnused, unasked, contextAt(0)).verdict.value).toBe('cannot-tell');
    const pending = usedKey({}, { metadata: { keyState: 'PendingDeletion' } });
    expect(judgeCheck(notUnused, pending, contextAt(0)).verdict.value).toBe('not-applicable');
  });

  it('is judged by answers that may be older than its row', () => {
    const { keys: scopes, usage } = usedKey({ lastUsedAt: '2026-11-20T00:00:00.000Z' });
    const asOf = '2026-11-10T00:00:00.000Z';
    const older = usage?.map((one) => ({
      ...one,
      usage: { ...one.usage, asOf } as typeof one.usage,
    }));
    const { verdict } = judgeCheck(notUnused, { keys: scopes, usage: older }, contextAt(0));
    expect(verdict.value).toBe('stale');
  });
});
