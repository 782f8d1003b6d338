import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRowSlots } from '../../../renderer/dataGrid/rowSlots';

const views = fc.array(fc.uniqueArray(fc.nat(500), { maxLength: 40 }), { maxLength: 20 });

it('gives every row in sight a slot of its own, which it keeps while it is in sight', () => {
  fc.assert(
    fc.property(views, (scrolled) => {
      const slotsOf = createRowSlots();
      let before: ReadonlyMap<number, number> = new Map();
      for (const indexes of scrolled) {
        const slots = slotsOf(indexes);
        expect(new Set(slots.keys())).toEqual(new Set(indexes));
        expect(new Set(slots.values()).size).toBe(indexes.length);
        for (const index of indexes) {
          if (before.has(index)) expect(slots.get(index)).toBe(before.get(index));
        }
        before = slots;
      }
    }),
  );
});

it('uses the slots of rows that have left before it makes new ones', () => {
  const slotsOf = createRowSlots();
  slotsOf([0, 1, 2, 3]);
  expect(new Set(slotsOf([2, 3, 4, 5]).values())).toEqual(new Set([0, 1, 2, 3]));
});
