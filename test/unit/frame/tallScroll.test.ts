import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxHeight, placeAt, scrolledTo, type TallList } from '../../../renderer/ui/tallScroll';

const view = fc.integer({ min: 200, max: 2000 });
const short = fc.record({ height: fc.integer({ min: 0, max: 8_000_000 }), view });
const tall = fc.record({ height: fc.integer({ min: 8_000_001, max: 400_000_000 }), view });

function boxReach({ height, view: seen }: TallList): number {
  return Math.max(0, boxHeight(height) - seen);
}

it('scrolls a list that the layout can hold as it is', () => {
  fc.assert(
    fc.property(short, fc.nat(8_000_000), (list, wanted) => {
      const place = placeAt(list, wanted);
      expect(place.boxTop).toBe(place.top);
      expect(scrolledTo(list, place, 100)).toEqual({ top: 100, boxTop: 100 });
    }),
  );
});

it('stands within list and box wherever one goes, and comes to every pixel', () => {
  fc.assert(
    fc.property(tall, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const reach = list.height - list.view;
      const wanted = Math.round(share * reach);
      const place = placeAt(list, wanted);
      expect(place.top).toBe(wanted);
      expect(place.boxTop).toBeGreaterThanOrEqual(0);
      expect(place.boxTop).toBeLessThanOrEqual(boxReach(list));
      expect(place.boxTop === 0).toBe(wanted === 0);
      expect(place.boxTop === boxReach(list)).toBe(wanted === reach);
    }),
  );
});

it('moves by what a wheel moves, from one end to the other and back', () => {
  fc.assert(
    fc.property(
      tall,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(fc.integer({ min: -700, max: 700 }), { maxLength: 300 }),
      (list, share, steps) => {
        const reach = list.height - list.view;
        let place = placeAt(list, share * reach);
        for (const step of steps) {
          const boxTop = Math.max(0, Math.min(place.boxTop + step, boxReach(list)));
          const next = scrolledTo(list, place, boxTop);
          expect(next.top).toBe(Math.max(0, Math.min(place.top + boxTop - place.boxTop, reach)));
          // Whoever is not at an end can go on.
          expect(next.boxTop === 0).toBe(next.top === 0);
          expect(next.boxTop === boxReach(list)).toBe(next.top === reach);
          place = next;
        }
      },
    ),
  );
});

it('jumps to the share of the list that the bar shows', () => {
  fc.assert(
    fc.property(tall, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const start = placeAt(list, 0);
      const boxTop = Math.round(share * boxReach(list));
      fc.pre(boxTop > 4 * list.view);
      const { top } = scrolledTo(list, start, boxTop);
      const near = placeAt(list, top);
      // A pixel of the box stands for some of the list.
      expect(Math.abs(near.boxTop - boxTop)).toBeLessThanOrEqual(1);
    }),
  );
});
