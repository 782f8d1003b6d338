/**
 * Gives each row in sight a slot that it keeps as long as it is in sight, and hands the slots of rows
 * that have left to rows that come. With the slot as its key, a row's element is used again by the
 * next row: scrolling changes texts instead of making and dropping elements.
 */
export function createRowSlots(): (indexes: readonly number[]) => ReadonlyMap<number, number> {
  let slots = new Map<number, number>();
  return (indexes) => {
    const next = new Map<number, number>();
    const taken = new Set<number>();
    for (const index of indexes) {
      const slot = slots.get(index);
      if (slot === undefined) continue;
      next.set(index, slot);
      taken.add(slot);
    }
    let free = 0;
    for (const index of indexes) {
      if (next.has(index)) continue;
      while (taken.has(free)) free += 1;
      taken.add(free);
      next.set(index, free);
    }
    slots = next;
    return next;
  };
}
