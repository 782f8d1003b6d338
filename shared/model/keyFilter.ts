import { findKeyColumn, type KeyColumn } from './keyColumns';
import { keyFacets, type KeyFacet, type KeyView } from './keyLens';
import type { KeyQuery } from './keyQuery';

/** How many rows each value of each facet would leave, given the search and the other facets' filters. */
export type FacetCounts = Readonly<Record<KeyFacet, ReadonlyMap<string, number>>>;

export interface KeyResult {
  /** What passes, in order. */
  readonly views: readonly KeyView[];
  readonly counts: FacetCounts;
}

/** The order of rows where the query names none. */
export const defaultKeySort: KeyQuery['sort'] = [{ column: 'alias', desc: false }];

/**
 * Applies search, filters and sort to rows. The order is total: rows that tie in every named column
 * stand by connection, Region and key id, so that a refresh moves nothing that did not change.
 */
export function applyKeyQuery(views: readonly KeyView[], query: KeyQuery): KeyResult {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const filters = keyFacets.flatMap((facet) => {
    const values = query.filters[facet];
    return values && values.length > 0 ? [{ facet, values: new Set(values) }] : [];
  });
  const counts = emptyCounts();
  const passed: KeyView[] = [];
  for (const view of views) {
    if (!words.every((word) => view.searchText.includes(word))) continue;
    const failing = filters.filter(({ facet, values }) => !values.has(view.facets[facet]));
    if (failing.length === 0) passed.push(view);
    count(counts, view, failing);
  }
  return { views: sortKeys(passed, query.sort), counts };
}

/** Sorts a copy of the rows; what has no value in a column stands last in both directions. */
export function sortKeys(views: readonly KeyView[], sort: KeyQuery['sort']): readonly KeyView[] {
  const orders = (sort.length > 0 ? sort : defaultKeySort).flatMap(({ column: id, desc }) => {
    const column = findKeyColumn(id);
    return column ? [{ column, desc }] : [];
  });
  const keyed = views.map((view) => ({
    view,
    keys: orders.map(({ column }) => sortKey(column, view)),
  }));
  keyed.sort((a, b) => {
    for (const [index, { desc }] of orders.entries()) {
      const order = compareKeys(a.keys[index], b.keys[index], desc);
      if (order !== 0) return order;
    }
    return a.view.id < b.view.id ? -1 : a.view.id > b.view.id ? 1 : 0;
  });
  return keyed.map(({ view }) => view);
}

/** True where a query hides rows, as opposed to ordering them. */
export function isFiltering(query: KeyQuery): boolean {
  return query.search.trim() !== '' || Object.values(query.filters).some((v) => v.length > 0);
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

/** A row counts in every facet whose own filter is the only one that could keep it out. */
function count(
  counts: Record<KeyFacet, Map<string, number>>,
  view: KeyView,
  failing: readonly { facet: KeyFacet }[],
): void {
  if (failing.length > 1) return;
  for (const facet of keyFacets) {
    if (failing[0] && failing[0].facet !== facet) continue;
    const value = view.facets[facet];
    counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
  }
}

function emptyCounts(): Record<KeyFacet, Map<string, number>> {
  return Object.fromEntries(keyFacets.map((facet) => [facet, new Map<string, number>()])) as Record<
    KeyFacet,
    Map<string, number>
  >;
}
