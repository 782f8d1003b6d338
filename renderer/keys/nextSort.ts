import { defaultKeySort } from '../../shared/model/keyOrder';
import type { KeyQuery } from '../../shared/model/keyQuery';

/**
 * The order after a column's head was pressed: ascending, descending, without it; with `add` (Shift)
 * it comes after the columns that are there.
 */
export function nextSort(sort: KeyQuery['sort'], column: string, add: boolean): KeyQuery['sort'] {
  const shown = sort.length > 0 ? sort : defaultKeySort;
  const now = shown.find((order) => order.column === column);
  const rest = add ? shown.filter((order) => order.column !== column) : [];
  if (!now) return [...rest, { column, desc: false }].slice(-5);
  if (!now.desc) {
    const turned = { column, desc: true };
    return add ? shown.map((order) => (order === now ? turned : order)) : [turned];
  }
  return rest;
}
