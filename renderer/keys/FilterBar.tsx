import { Columns3, Download, FunnelX } from 'lucide-react';
import { useState, type Ref } from 'react';
import { isFiltering, type FacetCounts } from '../../shared/model/keyFilter';
import { keyFacets, type KeyFacet } from '../../shared/model/keyLens';
import type { KeyQuery } from '../../shared/model/keyQuery';
import { Button, FilterChip, IconButton, Menu, SearchField, type MenuEntry } from '../ui';
import { facetOptions, facetTitles } from './facetWords';

/** Facets that are always in sight; the others come with "More". */
const mainFacets: readonly KeyFacet[] = [
  'verdict',
  'rotation',
  'state',
  'kind',
  'region',
  'change',
];

/**
 * The bar above the table, which stays: search, facets with their counts, "n of m", columns, export.
 */
export function FilterBar({
  query,
  onQuery,
  counts,
  shown,
  total,
  searchRef,
  columnEntries,
  exportEntries,
  exporting,
}: {
  query: KeyQuery;
  /** `typing` for every letter of a search, which is no step for the back button. */
  onQuery: (query: KeyQuery, typing?: boolean) => void;
  counts: FacetCounts;
  shown: number;
  total: number;
  searchRef: Ref<HTMLInputElement>;
  columnEntries: readonly MenuEntry[];
  exportEntries: readonly MenuEntry[];
  exporting: boolean;
}) {
  const [more, setMore] = useState(false);
  const others = keyFacets.filter(
    (facet) => !mainFacets.includes(facet) && (more || (query.filters[facet]?.length ?? 0) > 0),
  );
  const hiddenCount = keyFacets.length - mainFacets.length;

  const chip = (facet: KeyFacet) => {
    const selected = query.filters[facet] ?? [];
    return (
      <FilterChip
        key={facet}
        label={facetTitles[facet]}
        options={facetOptions(facet, counts[facet], selected)}
        selected={selected}
        onChange={(values) => onQuery(withFilter(query, facet, values))}
      />
    );
  };

  return (
    <search className="@container shrink-0 border-b bg-canvas px-3 py-1" aria-label="Filter keys">
      <div className="flex flex-wrap items-start gap-x-2 gap-y-1.5">
        <SearchField
          ref={searchRef}
          label="Search keys"
          placeholder="Alias, id, ARN, tag"
          shortcut="/"
          value={query.search}
          onChange={(search) => onQuery({ ...query, search: search.slice(0, 500) }, true)}
          className="w-52 shrink-0"
        />
        <div className="flex min-h-7 min-w-0 flex-1 flex-wrap items-center gap-1.5 @max-4xl:order-last @max-4xl:basis-full">
          {mainFacets.map(chip)}
          {others.map(chip)}
          <button
            type="button"
            aria-expanded={more}
            onClick={() => setMore(!more)}
            className="h-6 rounded-md px-1.5 text-xs text-ink-2 hover:bg-hover hover:text-ink"
          >
            {more ? 'Fewer' : `${hiddenCount} more`}
          </button>
        </div>
        <div className="ml-auto flex h-7 shrink-0 items-center gap-1">
          {isFiltering(query) && (
            <Button
              variant="ghost"
              icon={FunnelX}
              onClick={() => onQuery({ ...query, search: '', filters: {} })}
            >
              Clear
            </Button>
          )}
          <output aria-live="polite" className="px-1 text-xs whitespace-nowrap text-ink-2">
            <b className="font-semibold text-ink">{shown.toLocaleString('en')}</b> of{' '}
            {total.toLocaleString('en')}
            <span className="sr-only"> keys</span>
          </output>
          <Menu
            align="end"
            trigger={<IconButton icon={Columns3} label="Columns" />}
            entries={columnEntries}
          />
          <Menu
            align="end"
            trigger={
              <Button icon={Download} busy={exporting} disabled={shown === 0}>
                Export
              </Button>
            }
            entries={exportEntries}
          />
        </div>
      </div>
    </search>
  );
}

/** The query with other values of one facet; none means that the facet does not filter. */
export function withFilter(query: KeyQuery, facet: KeyFacet, values: readonly string[]): KeyQuery {
  const { [facet]: _, ...filters } = query.filters;
  return { ...query, filters: values.length > 0 ? { ...filters, [facet]: [...values] } : filters };
}
