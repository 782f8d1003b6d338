import { describe, expect, it } from 'vitest';
import type { KeyUsage } from '../../../shared/model/key';
import { keysByRisk, lastUses, missesUses } from '../../../shared/model/drills/risk';
import { keyRefString } from '../../../shared/model/key';
import { keyRow } from '../readiness/fixtures/evidence';

const at = (day: string) => `2026-11-${day}T00:00:00.000Z`;
const asOf = at('28');
const known = (value: KeyUsage) => ({ status: 'known', value, asOf, requestId: 'r' }) as const;
const refs = ['a', 'b', 'c', 'd'].map((keyId) => ({
  connection: 'practice',
  region: 'eu-central-1',
  keyId,
}));
const [a, b, c, d] = refs as [
  (typeof refs)[0],
  (typeof refs)[0],
  (typeof refs)[0],
  (typeof refs)[0],
];

describe('the last use of keys', () => {
  const last = lastUses([
    { ...a, usage: known({ lastUsedAt: at('02') }) },
    { ...b, usage: known({ trackedSince: at('01'), createdAt: at('03') }) },
    { ...c, usage: known({ trackedSince: at('05'), createdAt: at('03') }) },
    { ...d, usage: { status: 'cannot-tell', error: { code: 'denied', message: 'no' }, asOf } },
  ]);

  it('is a time, or never, and absent where KMS does not tell', () => {
    expect([...last]).toEqual([
      [keyRefString(a), { kind: 'used', at: at('02'), asOf }],
      [keyRefString(b), { kind: 'never', asOf }],
    ]);
  });

  it('shows where stored events miss a use', () => {
    const uses = { count: 0, from: at('01'), to: at('10'), gaps: 0 };
    expect(missesUses(uses, last.get(keyRefString(a)))).toBe(true);
    expect(missesUses({ ...uses, count: 1 }, last.get(keyRefString(a)))).toBe(false);
    expect(missesUses({ ...uses, from: at('05') }, last.get(keyRefString(a)))).toBe(false);
    expect(missesUses(uses, last.get(keyRefString(b)))).toBe(false);
    expect(missesUses(uses, undefined)).toBe(false);
  });

  it('makes no key one that is used most, and orders only what is alike otherwise', () => {
    const rows = [a, b, c, d].map((ref) => keyRow(ref));
    const later = new Map([
      ...last,
      [keyRefString(d), { kind: 'used', at: at('09'), asOf } as const],
    ]);
    const none = keysByRisk(rows, new Set(), new Map(), later);
    expect(none.map(({ row }) => row.keyId)).toEqual(['d', 'a', 'b', 'c']);
    expect(none.flatMap(({ reasons }) => reasons)).not.toContain('most-used');
    const uses = { count: 5, from: at('01'), to: at('10'), gaps: 0 };
    const counted = keysByRisk(rows, new Set(), new Map([[rows[2]?.arn ?? '', uses]]), later);
    expect(counted[0]).toMatchObject({ row: { keyId: 'c' }, lastUse: undefined });
    expect(counted[0]?.reasons).toContain('most-used');
  });
});
