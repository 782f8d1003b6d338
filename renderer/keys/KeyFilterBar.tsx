import { Columns3, Download } from 'lucide-react';
import type { Ref } from 'react';
import { isFiltering, type FacetCounts } from '../../shared/model/keyFilter';
import { keyFacets, type KeyFacet } from '../../shared/model/keyLens';
import type { KeyQuery } from '../../shared/model/keyQuery';
import {
  Button,
  FacetChips,
  FilterBar,
  IconButton,
  Menu,
  SearchField,
  withFilter,
  type MenuEntry,
} from '../ui';
import { facetOptions, facetTitles } from './facetWords';

/** Facets that are always in sight. */
const mainFacets: readonly KeyFacet[] = [
  'verdict',
  'rotation',
  'state',
  'kind',
  'region',
  'change',
];

/** The bar above the keys: search, facets, "n of m", columns, export. */
export function KeyFilterBar({
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
  return (
    <FilterBar
      noun="keys"
      search={
        <SearchField
          ref={searchRef}
          label="Search keys"
          placeholder="Alias, id, ARN, tag"
          shortcut="/"
          value={query.search}
          onChange={(search) => onQuery({ ...query, search: search.slice(0, 500) }, true)}
          className="w-52 shrink-0"
        />
      }
      facets={
        <FacetChips
          facets={keyFacets}
          main={mainFacets}
          titles={facetTitles}
          filters={query.filters}
          optionsOf={(facet, selected) => facetOptions(facet, counts[facet], selected)}
          onChange={(facet, values) => onQuery(withFilter(query, facet, values))}
        />
      }
      shown={shown}
      total={total}
      onClear={
        isFiltering(query) ? () => onQuery({ ...query, search: '', filters: {} }) : undefined
      }
    >
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
    </FilterBar>
  );
}
