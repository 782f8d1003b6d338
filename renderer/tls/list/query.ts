import { endpointFacets, type EndpointFacet, type EndpointView } from './lens';
import { defaultSort, findColumn } from './columns';

/** What the list shows and in which order. */
export interface EndpointQuery {
  readonly search: string;
  /** Values of a facet are alternatives; facets narrow each other. */
  readonly filters: Readonly<Partial<Record<EndpointFacet, readonly string[]>>>;
  readonly sort: EndpointSort;
}

export interface EndpointSort {
  readonly column: string;
  readonly desc: boolean;
}

/** How many rows each value of a facet would leave, given the search and the other facets' filters. */
export type EndpointCounts = Readonly<Record<EndpointFacet, ReadonlyMap<string, number>>>;

export interface EndpointList {
  readonly views: readonly EndpointView[];
  readonly counts: EndpointCounts;
}

/** Applies search, filters and sort. Rows that tie stand by name and id: a scan moves nothing else. */
export function applyEndpointQuery(
  views: readonly EndpointView[],
  { search, filters, sort }: EndpointQuery,
): EndpointList {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = endpointFacets.flatMap((facet) => {
    const values = filters[facet];
    return values && values.length > 0 ? [{ facet, values: new Set(values) }] : [];
  });
  const counts = Object.fromEntries(
    endpointFacets.map((facet) => [facet, new Map<string, number>()]),
  ) as Record<EndpointFacet, Map<string, number>>;

  const passing = views.filter((view) => {
    if (!words.every((word) => view.searchText.includes(word))) return false;
    const failing = chosen.filter(
      ({ facet, values }) => !view.facets[facet].some((value) => values.has(value)),
    );
    // A row counts in every facet whose own filter is the only one that could keep it out.
    if (failing.length <= 1) {
      for (const facet of failing[0] ? [failing[0].facet] : endpointFacets) {
        for (const value of view.facets[facet]) {
          counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
        }
      }
    }
    return failing.length === 0;
  });
  return { views: passing.sort(orderOf(sort)), counts };
}

function orderOf({ column, desc }: EndpointSort): (a: EndpointView, b: EndpointView) => number {
  const value = findColumn(column)?.value ?? (() => undefined);
  const sign = desc ? -1 : 1;
  return (a, b) => sign * compareValues(value(a), value(b), sign) || compareNames(a, b);
}

/** What is not known stands last in either direction. */
function compareValues(
  a: string | number | undefined,
  b: string | number | undefined,
  sign: number,
): number {
  if (a === b) return 0;
  if (a === undefined) return sign;
  if (b === undefined) return -sign;
  return a < b ? -1 : 1;
}

function compareNames(a: EndpointView, b: EndpointView): number {
  const names = a.name.localeCompare(b.name, 'en', { numeric: true });
  return names || (a.id < b.id ? -1 : 1);
}

/** True where a query hides rows. */
export function isFiltering({ search, filters }: EndpointQuery): boolean {
  return search.trim() !== '' || Object.values(filters).some((values) => values.length > 0);
}

/** The address of the list: `q=shop&grade=F&grade=T&sort=-expires`. The same query gives the same text. */
export function formatQuery({ search, filters, sort }: EndpointQuery): string {
  const text = new URLSearchParams();
  if (search !== '') text.append('q', search);
  for (const facet of endpointFacets) {
    for (const value of [...(filters[facet] ?? [])].sort()) text.append(facet, value);
  }
  const { column, desc } = sort;
  if (column !== defaultSort.column || desc !== defaultSort.desc) {
    text.append('sort', desc ? `-${column}` : column);
  }
  return text.toString();
}

/** Reads such an address; what it does not know or what breaks a limit is left out. */
export function parseQuery(search: string): EndpointQuery {
  const text = new URLSearchParams(search);
  const filters: Partial<Record<EndpointFacet, readonly string[]>> = {};
  for (const facet of endpointFacets) {
    const values = [...new Set(text.getAll(facet))].filter(
      (value) => value !== '' && value.length <= 200,
    );
    if (values.length > 0) filters[facet] = values.slice(0, 100);
  }
  return {
    search: (text.get('q') ?? '').slice(0, 500),
    filters,
    sort: parseSort(text.get('sort') ?? ''),
  };
}

function parseSort(text: string): EndpointSort {
  const desc = text.startsWith('-');
  const column = desc ? text.slice(1) : text;
  return findColumn(column) ? { column, desc } : defaultSort;
}
