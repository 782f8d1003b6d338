import { describe, expect, it } from 'vitest';
import { compareDrills } from '../../../shared/model/drills/compare';
import type { DrillEntry } from '../../../shared/model/drills/entry';
import { inventoryDifferences, type KeyFacts } from '../../../shared/model/drills/inventory';
import { replay } from '../../../shared/model/drills/reduce';
import { at, examplePlan, started } from './exampleDrill';

const arn = 'arn:aws:kms:eu-central-1:111122223333:key/a';
const key = (change: Partial<KeyFacts> = {}): KeyFacts => ({
  arn,
  drillKey: false,
  state: 'Enabled',
  origin: 'AWS_KMS',
  rotation: 'every 365 days',
  materials: ['m1 CURRENT'],
  policySha256: 'aa',
  grants: ['g1 role Decrypt'],
  aliases: ['alias/ledger'],
  tags: ['Owner=payments'],
  ...change,
});

describe('the difference of two inventories', () => {
  it('is none for the same keys, in whatever order, and without the keys of the drills themselves', () => {
    const drillKey = (id: string) => key({ arn: id, drillKey: true });
    expect(inventoryDifferences([key(), drillKey('old')], [drillKey('new'), key()])).toEqual([]);
  });

  it('names keys that came and went, and what has changed of the others', () => {
    const after = key({
      state: 'Disabled',
      rotation: 'off',
      materials: ['m1 NON_CURRENT', 'm2 CURRENT'],
      policySha256: 'bb',
      grants: [],
      tags: ['Owner=payments', 'Env=prod'],
    });
    expect(
      inventoryDifferences([key(), key({ arn: 'gone' })], [after, key({ arn: 'come' })]),
    ).toEqual([
      'come is new in scope.',
      'gone is not in scope any more.',
      `${arn}: state was Enabled, is Disabled.`,
      `${arn}: rotation was every 365 days, is off.`,
      `${arn}: the policy has changed.`,
      `${arn}: materials without m1 CURRENT.`,
      `${arn}: materials with m1 NON_CURRENT, m2 CURRENT.`,
      `${arn}: grants without g1 role Decrypt.`,
      `${arn}: tags with Env=prod.`,
    ]);
  });

  it('takes what could not be read for no change', () => {
    const unread = key({ state: 'unknown', policySha256: 'unknown', aliases: null, grants: null });
    for (const [before, after] of [
      [key(), unread],
      [unread, key()],
    ] as const) {
      const found = inventoryDifferences([before], [after]);
      expect(found).toEqual(
        ['state', 'policy', 'grants', 'aliases'].map(
          (name) => `${arn}: ${name} could not be read both times and is not compared.`,
        ),
      );
    }
    expect(inventoryDifferences([unread], [unread])).toEqual([]);
  });
});

describe('two drills side by side', () => {
  const step = (
    id: string,
    from: number,
    to: number,
    outcome: 'passed' | 'failed',
  ): DrillEntry[] => [
    { kind: 'step-started', at: at(from), step: id },
    { kind: 'step-ended', at: at(to), step: id, outcome, reason: 'So it was.' },
  ];
  const acknowledged = ['cid', 'dot'].map((person): DrillEntry => ({
    kind: 'acknowledged',
    at: at(0),
    person,
    statement: 'I do.',
  }));

  it('show each step’s outcome and time, and those that only one of them has', () => {
    const [first = '', second = ''] = examplePlan.steps.map(({ id }) => id);
    const before = replay([
      started,
      ...acknowledged,
      ...step(first, 1, 11, 'passed'),
      ...step(second, 12, 15, 'failed'),
    ]);
    const fewer = { ...examplePlan, steps: examplePlan.steps.filter(({ id }) => id !== second) };
    const after = replay([
      { ...started, drill: 'drill-2', plan: { ...fewer, objectives: [] } } as DrillEntry,
      ...acknowledged,
      ...step(first, 1, 5, 'passed'),
    ]);
    const compared = compareDrills(before, after);
    expect(compared).toMatchObject({
      before: 'drill-1',
      after: 'drill-2',
      totalSeconds: { before: 15, after: 5 },
    });
    expect(compared.results.before).toBe('failed');
    const of = (id: string) => compared.steps.find((one) => one.step === id);
    expect(of(first)).toMatchObject({
      before: { outcome: 'passed', seconds: 10 },
      after: { outcome: 'passed', seconds: 4 },
    });
    expect(of(second)).toMatchObject({
      before: { outcome: 'failed', seconds: 3 },
      after: undefined,
    });
    expect(compared.steps).toHaveLength(examplePlan.steps.length);
  });
});
