import { keyFacets, type KeyFacet, type KeyView } from './keyLens';
import { keyOrder, type KeyOrder, type KeyPlacing } from './keyOrder';
import type { KeyQuery } from './keyQuery';

/** How many rows each value of each facet would leave, given the search and the other facets' filters. */
export type FacetCounts = Readonly<Record<KeyFacet, ReadonlyMap<string, number>>>;

export interface KeyResult {
  /** What passes, in order. */
  readonly views: readonly KeyView[];
  readonly counts: FacetCounts;
}

/**
 * Applies search, filters and sort to rows. The order is total: rows that tie in every named column
 * stand by connection, Region and key id, so that a refresh moves nothing that did not change.
 */
export function applyKeyQuery(views: readonly KeyView[], query: KeyQuery): KeyResult {
  return createKeyFilter()(views, query);
}

/**
 * Makes a function that applies queries as `applyKeyQuery` does and keeps its last answer: where the
 * query is the same and few rows were replaced in place or added at the end, only those are filtered,
 * counted and put in their places anew. Rows that stream in cost what has changed, not what there is.
 */
export function createKeyFilter(): (views: readonly KeyView[], query: KeyQuery) => KeyResult {
  let last: Answer | undefined;
  return (views, query) => {
    const change = last?.query === query ? changeOf(last.views, views) : undefined;
    last = last && change ? amended(last, views, change) : answered(views, query);
    return last.result;
  };
}

/** True where a query hides rows, as opposed to ordering them. */
export function isFiltering(query: KeyQuery): boolean {
  return query.search.trim() !== '' || Object.values(query.filters).some((v) => v.length > 0);
}

/** An answer with what it takes to amend it. */
interface Answer {
  readonly query: KeyQuery;
  readonly views: readonly KeyView[];
  readonly test: (view: KeyView) => Passing;
  readonly order: KeyOrder;
  readonly places: readonly KeyPlacing[];
  readonly result: KeyResult;
}

/** The facets whose filters keep a row out; undefined where the search does. */
type Passing = readonly KeyFacet[] | undefined;

function answered(views: readonly KeyView[], query: KeyQuery): Answer {
  const test = testOf(query);
  const order = keyOrder(query.sort);
  const counts = emptyCounts();
  const places = passing(views, test, counts).map(order.place).sort(order.compare);
  return answer({ query, views, test, order }, places, counts);
}

/** The rows that an answer no longer stands for, and those that it has to take in. */
interface Change {
  readonly gone: ReadonlySet<KeyView>;
  readonly fresh: readonly KeyView[];
}

/** What was replaced in place or added at the end; undefined where it is more than that, or much. */
function changeOf(before: readonly KeyView[], after: readonly KeyView[]): Change | undefined {
  if (after.length < before.length) return undefined;
  const gone = new Set<KeyView>();
  const fresh: KeyView[] = [];
  const much = before.length / 4;
  for (const [index, view] of after.entries()) {
    const old = before[index];
    if (view === old) continue;
    if (old && old.id !== view.id) return undefined;
    if (fresh.length >= much) return undefined;
    if (old) gone.add(old);
    fresh.push(view);
  }
  return { gone, fresh };
}

function amended(last: Answer, views: readonly KeyView[], { gone, fresh }: Change): Answer {
  if (fresh.length === 0) return { ...last, views };
  const { test, order } = last;
  const counts = copyOf(last.result.counts);
  for (const view of gone) count(counts, view, test(view), -1);
  const coming = passing(fresh, test, counts).map(order.place).sort(order.compare);
  const staying = last.places.filter(({ view }) => !gone.has(view));
  return answer({ ...last, views }, merged(staying, coming, order.compare), counts);
}

function answer(
  basis: Pick<Answer, 'query' | 'views' | 'test' | 'order'>,
  places: readonly KeyPlacing[],
  counts: FacetCounts,
): Answer {
  return { ...basis, places, result: { views: places.map(({ view }) => view), counts } };
}

function merged(
  a: readonly KeyPlacing[],
  b: readonly KeyPlacing[],
  compare: KeyOrder['compare'],
): readonly KeyPlacing[] {
  const all: KeyPlacing[] = [];
  let next = 0;
  for (const place of a) {
    for (let other = b[next]; other && compare(other, place) < 0; other = b[++next])
      all.push(other);
    all.push(place);
  }
  return all.concat(b.slice(next));
}

function testOf(query: KeyQuery): (view: KeyView) => Passing {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const filters = keyFacets.flatMap((facet) => {
    const values = query.filters[facet];
    return values && values.length > 0 ? [{ facet, values: new Set(values) }] : [];
  });
  return (view) => {
    if (!words.every((word) => view.searchText.includes(word))) return undefined;
    if (filters.length === 0) return none;
    return filters.flatMap(({ facet, values }) => (values.has(view.facets[facet]) ? [] : facet));
  };
}

const none: readonly KeyFacet[] = [];

/** The rows that pass; all are counted. */
function passing(
  views: readonly KeyView[],
  test: Answer['test'],
  counts: Record<KeyFacet, Map<string, number>>,
): KeyView[] {
  return views.filter((view) => {
    const failing = test(view);
    count(counts, view, failing, 1);
    return failing?.length === 0;
  });
}

/** A row counts in every facet whose own filter is the only one that could keep it out. */
function count(
  counts: Record<KeyFacet, Map<string, number>>,
  view: KeyView,
  failing: Passing,
  step: 1 | -1,
): void {
  if (!failing || failing.length > 1) return;
  for (const facet of failing.length === 1 ? failing : keyFacets) {
    const value = view.facets[facet];
    const sum = (counts[facet].get(value) ?? 0) + step;
    if (sum === 0) counts[facet].delete(value);
    else counts[facet].set(value, sum);
  }
}

function copyOf(counts: FacetCounts): Record<KeyFacet, Map<string, number>> {
  const copies = emptyCounts();
  for (const facet of keyFacets) copies[facet] = new Map(counts[facet]);
  return copies;
}

function emptyCounts(): Record<KeyFacet, Map<string, number>> {
  return Object.fromEntries(keyFacets.map((facet) => [facet, new Map<string, number>()])) as Record<
    KeyFacet,
    Map<string, number>
  >;
}
