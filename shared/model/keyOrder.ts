import { findKeyColumn, type KeyColumn } from './keyColumns';
import type { KeyView } from './keyLens';
import type { KeyQuery } from './keyQuery';

/** The order of rows where the query names none. */
export const defaultKeySort: KeyQuery['sort'] = [{ column: 'alias', desc: false }];

/** Sorts a copy of the rows; what has no value in a column stands last in both directions. */
export function sortKeys(views: readonly KeyView[], sort: KeyQuery['sort']): readonly KeyView[] {
  const order = keyOrder(sort);
  return views
    .map(order.place)
    .sort(order.compare)
    .map(({ view }) => view);
}

/** A row with what it is sorted by, read once. */
export interface KeyPlacing {
  readonly view: KeyView;
  readonly keys: readonly SortKey[];
}

/** How a query orders rows. */
export interface KeyOrder {
  readonly place: (view: KeyView) => KeyPlacing;
  readonly compare: (a: KeyPlacing, b: KeyPlacing) => number;
}

/** The order that a query names. It is total: rows that tie stand by connection, Region and key id. */
export function keyOrder(sort: KeyQuery['sort']): KeyOrder {
  const orders = (sort.length > 0 ? sort : defaultKeySort).flatMap(({ column: id, desc }) => {
    const column = findKeyColumn(id);
    return column ? [{ column, desc }] : [];
  });
  return {
    place: (view) => ({ view, keys: orders.map(({ column }) => sortKey(column, view)) }),
    compare: (a, b) => {
      for (const [index, { desc }] of orders.entries()) {
        const order = compareKeys(a.keys[index], b.keys[index], desc);
        if (order !== 0) return order;
      }
      return a.view.id < b.view.id ? -1 : a.view.id > b.view.id ? 1 : 0;
    },
  };
}

type SortKey = string | number | undefined;

function sortKey(column: KeyColumn, view: KeyView): SortKey {
  return column.cell(view).sort;
}

function compareKeys(a: SortKey, b: SortKey, desc: boolean): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const order = a < b ? -1 : a > b ? 1 : 0;
  return desc ? -order : order;
}
