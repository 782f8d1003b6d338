import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSortedIndex } from '../../../electron/practice/kms/sortedIndex';

interface Item {
  readonly id: number;
  readonly group: string | undefined;
}

it('lists each group as a sorted copy of the source would, whatever came, moved and went', () => {
  const change = fc.record({
    id: fc.nat(30),
    group: fc.constantFrom('a', 'b', undefined),
    goes: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change), fc.array(change), (first, then) => {
      const items = new Map<number, Item>();
      const order = ({ id }: Item) => String(id).padStart(3, '0');
      const index = createSortedIndex(items, ({ group }) => group, order);
      const apply = ({ id, group, goes }: (typeof first)[number]) => {
        const before = items.get(id);
        if (goes && before) {
          index.remove(before);
          items.delete(id);
        } else if (!goes) {
          index.put({ id, group }, before);
          items.set(id, { id, group });
        }
      };
      for (const one of first) apply(one);
      const listed = (group: string) => index.of(group).map(({ id }) => id);
      const wanted = (group: string) =>
        [...items.values()]
          .filter((item) => item.group === group)
          .map(({ id }) => id)
          .sort((a, b) => a - b);
      expect(listed('a')).toEqual(wanted('a'));
      for (const one of then) apply(one);
      for (const group of ['a', 'b']) expect(listed(group)).toEqual(wanted(group));
    }),
  );
});
