import { describe, expect, it } from 'vitest';
import type { Check } from '../../../shared/model/readiness/check';
import { checks } from '../../../shared/model/readiness/checks/index';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import type { ReadinessEvidence } from '../../../shared/model/readiness/sources';
import { noTrails } from './fixtures/audit';
import { contextAt, keyScope, readAt } from './fixtures/evidence';
import { digestScope } from './fixtures/digests';
import { fixtures, type Fixture } from './fixtures/index';
import { posture } from './fixtures/posture';
import { readEarlier } from './fixtures/readEarlier';
import { refuse, unreachable } from './fixtures/refuse';
import { trailScopes } from './fixtures/trails';

/** Every source read, and nothing found in any. */
const emptyAccount: ReadinessEvidence = {
  keys: [keyScope([])],
  usage: [],
  trails: trailScopes(noTrails),
  digests: [digestScope([])],
  tls: [],
  ...posture(),
  drills: { asOf: readAt, drills: [], plans: [], findings: [] },
  attestations: [],
  secrets: { scan: undefined },
};

const verdictOf = (check: Check, evidence: ReadinessEvidence, { settings }: Fixture, hours = 0) =>
  judgeCheck(check, evidence, contextAt(hours, settings)).verdict;

it('has at least 60 checks, each with an id of its own and a fixture', () => {
  const ids = checks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(60);
  expect(Object.keys(fixtures).toSorted()).toEqual(ids.toSorted());
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const found = fixtures[id];
  if (!found)
    throw new Error(`There is no fixture for ${id}: without its seven cases it does not count.`);
  const fixture: Fixture = found;
  const { holds, doesNotHold, notApplicable, empty = 'not-applicable', thenIs = 'fail' } = fixture;

  it('passes where it holds', () => {
    expect(verdictOf(check, holds, fixture)).toMatchObject({ value: 'pass' });
  });

  it(`is ${thenIs} where it does not hold`, () => {
    expect(verdictOf(check, doesNotHold, fixture)).toMatchObject({ value: thenIs });
  });

  for (const permission of check.permissions) {
    it(`cannot tell without ${permission}, and names it`, () => {
      const evidence = refuse(holds, permission, 'denied', fixture.region);
      const { verdict, items } = judgeCheck(check, evidence, contextAt(0, fixture.settings));
      expect(verdict.value).toBe('cannot-tell');
      expect(items.some((item) => item.verdict.permission === permission)).toBe(true);
    });

    it(`cannot tell where ${permission} is throttled`, () => {
      const verdict = verdictOf(
        check,
        refuse(holds, permission, 'throttled', fixture.region),
        fixture,
      );
      expect(verdict.value).toBe('cannot-tell');
      expect(verdict.permission).toBeUndefined();
    });
  }

  if (check.reads.includes('tls')) {
    it('cannot tell of an endpoint that does not answer, or was never scanned', () => {
      expect(verdictOf(check, unreachable(holds), fixture).value).toBe('cannot-tell');
      const never = { tls: holds.tls?.map(({ endpoint }) => ({ endpoint, scans: [] })) };
      expect(verdictOf(check, never, fixture).value).toBe('cannot-tell');
    });
  }

  it.each(check.reads)('cannot tell where %s were never read, or reading them failed', (source) => {
    expect(verdictOf(check, { ...holds, [source]: undefined }, fixture).value).toBe('cannot-tell');
    const failed = { ...holds, problems: { [source]: 'No connection.' } };
    expect(verdictOf(check, failed, fixture).value).toBe('cannot-tell');
  });

  it('names every setting on which its verdict depends', () => {
    const trustedAccounts = ['444455556666', '999999999999', 'o-example1234'];
    const other = { trustedAccounts, maxRotationPeriodDays: 90, expiryWarningDays: 300 };
    for (const name of Object.keys(other) as (keyof typeof other)[]) {
      if (check.heeds?.includes(name)) continue;
      for (const evidence of [holds, doesNotHold]) {
        const with_ = contextAt(0, { ...fixture.settings, [name]: other[name] });
        const without = contextAt(0, { ...fixture.settings, [name]: undefined });
        expect(judgeCheck(check, evidence, with_), name).toEqual(
          judgeCheck(check, evidence, without),
        );
      }
    }
  });

  it(`is ${empty} in an empty account`, () => {
    expect(verdictOf(check, emptyAccount, fixture).value).toBe(empty);
  });

  if (typeof notApplicable !== 'string') {
    it('does not apply where it is not about anything', () => {
      const verdict = verdictOf(check, notApplicable, fixture);
      expect(verdict.value).toBe('not-applicable');
      expect(verdict.reason).not.toBe('');
    });
  }

  it('is stale once its evidence is older than its shelf life', () => {
    expect(verdictOf(check, holds, fixture, check.shelfLifeHours + 1).value).toBe('stale');
  });

  it.each(check.reads)(
    'does not pass on %s that were read too long ago, however new the rest is',
    (source) => {
      // A person's word counts for a year, whatever else it stands beside.
      const hours = source === 'attestations' ? 367 * 24 : check.shelfLifeHours + 1;
      const evidence = { ...holds, [source]: readEarlier(holds[source], hours) };
      expect(verdictOf(check, evidence, fixture).value).not.toBe('pass');
    },
  );

  it('says what it is for, how to put it right and what it is evidence of', () => {
    const { question, why, remedy, topics, shelfLifeHours } = check;
    expect(question).toMatch(/\?$/);
    expect(why).toMatch(/\.$/);
    for (const way of Object.values(remedy)) expect(way).not.toBe('');
    expect(topics.length).toBeGreaterThan(0);
    expect(shelfLifeHours).toBeGreaterThan(0);
  });
});
