/** Items in groups, each group sorted; it is built when it is first asked for. */
export interface SortedIndex<T> {
  /** The group's items in order; a view that changes with the index. */
  readonly of: (group: string) => readonly T[];
  /** Takes an item in, in the place of what was there `before`. */
  put(item: T, before: T | undefined): void;
  remove(item: T): void;
}

/**
 * @param source all items
 * @param group the name of an item's group; undefined where the item is in none
 * @param order what a group is sorted by, by code units; no two items of a group share it
 */
export function createSortedIndex<T>(
  source: { values(): IterableIterator<T> },
  group: (item: T) => string | undefined,
  order: (item: T) => string,
): SortedIndex<T> {
  let groups: Map<string, T[]> | undefined;
  const remove = (item: T) => {
    const name = group(item);
    const list = name === undefined ? undefined : groups?.get(name);
    if (!list) return;
    const at = lowerBound(list, order(item), order);
    const found = list[at];
    if (found !== undefined && order(found) === order(item)) list.splice(at, 1);
  };
  return {
    of(name) {
      groups ??= build(source, group, order);
      return groups.get(name) ?? [];
    },
    put(item, before) {
      if (!groups) return;
      if (before !== undefined) remove(before);
      const name = group(item);
      if (name === undefined) return;
      const list = groups.get(name);
      if (list) list.splice(lowerBound(list, order(item), order), 0, item);
      else groups.set(name, [item]);
    },
    remove,
  };
}

function build<T>(
  source: { values(): IterableIterator<T> },
  group: (item: T) => string | undefined,
  order: (item: T) => string,
): Map<string, T[]> {
  const keyed = new Map<string, (readonly [string, T])[]>();
  for (const item of source.values()) {
    const name = group(item);
    if (name === undefined) continue;
    const list = keyed.get(name);
    if (list) list.push([order(item), item]);
    else keyed.set(name, [[order(item), item]]);
  }
  const groups = new Map<string, T[]>();
  for (const [name, list] of keyed) {
    list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    groups.set(
      name,
      list.map(([, item]) => item),
    );
  }
  return groups;
}

function lowerBound<T>(list: readonly T[], key: string, order: (item: T) => string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(list[middle] as T) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
