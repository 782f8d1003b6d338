import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftChanged, toUndo, type Drill } from '../../../shared/model/drills/drill';
import type { DrillEntry } from '../../../shared/model/drills/entry';
import { drillSchema } from '../../../shared/model/drills/drill';
import { whyNot } from '../../../shared/model/drills/mayAppend';
import { reduce, replay } from '../../../shared/model/drills/reduce';
import { at, change, examplePlan, started } from './exampleDrill';

const stepIds = [...examplePlan.steps.map(({ id }) => id), 'no-such-step'];
const step = fc.constantFrom(...stepIds);
const time = fc.integer({ min: 0, max: 50_000 }).map(at);
const changeId = fc.constantFrom('c1', 'c2', 'c3');
const kinds = fc.constantFrom('disable-key', 'create-key', 'rotate', 'delete-material');

/** Entries of every kind, in any order, also such as make no sense. */
const entry: fc.Arbitrary<DrillEntry> = fc.oneof(
  fc.record({ kind: fc.constant('step-started' as const), at: time, step }),
  fc.record({
    kind: fc.constant('step-ended' as const),
    at: time,
    step,
    outcome: fc.constantFrom('passed', 'failed', 'cannot-tell', 'skipped', 'not-applicable'),
    reason: fc.string({ maxLength: 20 }),
  }),
  fc
    .record({
      id: changeId,
      at: time,
      step,
      kind: kinds,
      lasting: fc.boolean(),
      undone: fc.boolean(),
    })
    .map(({ at: when, step: of, undone, ...more }) => ({
      kind: 'change-planned' as const,
      at: when,
      step: of,
      change: change(more.id, { ...more, undoWords: undone ? 'Take it back' : undefined }),
    })),
  fc.record({
    kind: fc.constant('change-made' as const),
    at: time,
    change: changeId,
    target: fc.constant('arn'),
  }),
  fc.record({
    kind: fc.constant('change-refused' as const),
    at: time,
    change: changeId,
    reason: fc.string(),
  }),
  fc.record({
    kind: fc.constant('change-undone' as const),
    at: time,
    change: changeId,
    how: fc.string(),
  }),
  fc.record({ kind: fc.constant('paused' as const), at: time, reason: fc.constant('lunch') }),
  fc.record({ kind: fc.constant('resumed' as const), at: time }),
  fc.record({
    kind: fc.constant('acknowledged' as const),
    at: time,
    person: fc.constantFrom('cid', 'dot', 'eve'),
    statement: fc.constant('yes'),
  }),
  fc.record({
    kind: fc.constant('check' as const),
    at: time,
    step,
    result: fc.constantFrom('pass', 'fail', 'cannot-tell'),
    what: fc.string(),
    reason: fc.string(),
  }),
  fc.record({
    kind: fc.constant('measured' as const),
    at: time,
    step,
    what: fc.string(),
    seconds: fc.nat(),
  }),
  fc.record({
    kind: fc.constant('fact' as const),
    at: time,
    step,
    name: fc.constantFrom('a', 'b'),
    value: fc.string(),
  }),
  fc.record({
    kind: fc.constant('note' as const),
    at: time,
    step,
    person: fc.constant('ann'),
    text: fc.constant('n'),
  }),
  fc.record({
    kind: fc.constant('closed' as const),
    at: time,
    sumsSha256: fc.constant('0'.repeat(64)),
  }),
);

describe('the entries of a drill', () => {
  it('give the same drill however often and in whatever parts they are replayed', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), fc.nat(60), (entries, cut) => {
        const all = [started, ...entries];
        const whole = replay(all);
        const first = replay(all.slice(0, 1 + cut));
        const inParts = all.slice(1 + cut).reduce<Drill>(reduce, first);
        expect(inParts).toEqual(whole);
        // What is stored is JSON: nothing is lost on the way.
        expect(replay(all.map((one) => JSON.parse(JSON.stringify(one)) as DrillEntry))).toEqual(
          JSON.parse(JSON.stringify(whole)),
        );
        expect(drillSchema.safeParse(whole).success).toBe(true);
      }),
    );
  });

  it('never change what they are given', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
        let drill = replay([started]);
        for (const one of entries) {
          const before = JSON.stringify(drill);
          const after = reduce(drill, one);
          expect(JSON.stringify(drill)).toBe(before);
          drill = after;
        }
      }),
    );
  });

  it('list every change that was begun and is neither refused nor taken back', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
        const drill = replay([started, ...entries]);
        const listed = new Set(toUndo(drill).map(({ id }) => id));
        for (const id of ['c1', 'c2', 'c3']) {
          const begun = entries.find(
            (one) => one.kind === 'change-planned' && one.change.id === id,
          );
          if (begun?.kind !== 'change-planned' || begun.change.undoWords === undefined) continue;
          const after = entries.slice(entries.indexOf(begun));
          const over = after.some(
            (one) =>
              (one.kind === 'change-undone' || one.kind === 'change-refused') && one.change === id,
          );
          if (!over) expect(listed.has(id)).toBe(true);
        }
      }),
    );
  });

  it('are taken only as far as their order allows, and then the record cannot be closed with anything changed', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 80 }), (entries) => {
        let drill = replay([started]);
        for (const one of entries) if (whyNot(drill, one) === undefined) drill = reduce(drill, one);
        if (drill.state === 'closed') {
          expect(toUndo(drill)).toEqual([]);
          expect(drill.steps.every(({ state }) => state === 'ended')).toBe(true);
        }
      }),
    );
  });
});

describe('what people decide', () => {
  const begin = (id: string): DrillEntry => ({ kind: 'step-started', at: at(10), step: id });
  const acknowledged = ['cid', 'dot'].map((person): DrillEntry => ({
    kind: 'acknowledged',
    at: at(1),
    person,
    statement: 'yes',
  }));
  const planned: DrillEntry = {
    kind: 'change-planned',
    at: at(11),
    step: 'prepare',
    change: change('c1'),
  };

  it('waits for the custodians’ word', () => {
    expect(whyNot(replay([started]), begin('prepare'))).toMatch(/cid has not acknowledged/);
    expect(whyNot(replay([started, ...acknowledged]), begin('prepare'))).toBeUndefined();
  });

  it('keeps the order of the plan', () => {
    expect(whyNot(replay([started, ...acknowledged]), begin('replica'))).toMatch(/comes first/);
  });

  it('takes back what was left changed before anything else', () => {
    const drill = replay([started, ...acknowledged, begin('prepare'), planned]);
    expect(leftChanged(drill)).toHaveLength(1);
    expect(whyNot(drill, begin('prepare'))).toBe(
      'Something is still changed: Disable the drill key. Take it back first.',
    );
    const undone = reduce(drill, {
      kind: 'change-undone',
      at: at(12),
      change: 'c1',
      how: 'Enabled.',
    });
    expect(whyNot(undone, begin('prepare'))).toBeUndefined();
  });

  it('needs a reason to leave a step out', () => {
    const drill = replay([started, ...acknowledged]);
    const skip = { kind: 'step-ended', at: at(2), step: 'prepare', outcome: 'skipped' } as const;
    expect(whyNot(drill, { ...skip, reason: ' ' })).toMatch(/counts as not tested/);
    expect(whyNot(drill, { ...skip, reason: 'No time.' })).toBeUndefined();
  });

  it('changes nothing after the closing', () => {
    const closed = reduce(replay([started]), {
      kind: 'closed',
      at: at(9),
      sumsSha256: 'a'.repeat(64),
    });
    expect(whyNot(closed, begin('prepare'))).toMatch(/Write an addendum/);
    expect(
      whyNot(closed, { kind: 'note', at: at(9), step: 'prepare', person: 'a', text: 'b' }),
    ).toMatch(/nothing can be changed/);
  });
});
