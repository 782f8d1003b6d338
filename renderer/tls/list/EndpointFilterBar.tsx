import { CalendarClock, Download, Plus, Radar } from 'lucide-react';
import { Button, FacetChips, FilterBar, IconButton, Menu, SearchField, withFilter } from '../../ui';
import { endpointFacets, type EndpointFacet, type EndpointView } from './lens';
import { isFiltering, type EndpointList, type EndpointQuery } from './query';
import type { EndpointActions } from './useEndpointCommands';
import { facetOptions, facetTitles } from './words';

/** The bar above the endpoints: search, facets, "n of m", schedule, export, add, scan. */
export function EndpointFilterBar({
  query,
  onQuery,
  list: { views, counts, all },
  actions,
}: {
  query: EndpointQuery;
  /** `typing` for every letter of a search, which is no step for the back button. */
  onQuery: (query: EndpointQuery, typing?: boolean) => void;
  list: EndpointList & { readonly all: readonly EndpointView[] };
  actions: EndpointActions;
}) {
  return (
    <FilterBar
      noun="endpoints"
      crowded
      search={
        <SearchField
          label="Search endpoints"
          placeholder="Name, host, issuer, tag"
          shortcut="/"
          value={query.search}
          onChange={(search) => onQuery({ ...query, search: search.slice(0, 500) }, true)}
          className="w-52 shrink-0"
        />
      }
      facets={
        <FacetChips
          // Who uses neither owners nor tags has no use for their filter.
          facets={endpointFacets.filter(
            (facet) => query.filters[facet]?.length || tellsApart(facet, all),
          )}
          titles={facetTitles}
          filters={query.filters}
          optionsOf={(facet, selected) => facetOptions(facet, counts[facet], selected)}
          onChange={(facet, values) => onQuery(withFilter(query, facet, values))}
        />
      }
      shown={views.length}
      total={all.length}
      onClear={isFiltering(query) ? actions.clear : undefined}
    >
      <Menu
        align="end"
        trigger={<IconButton icon={CalendarClock} label="Schedule and policy" />}
        entries={actions.settingsEntries}
      />
      <Menu
        align="end"
        trigger={
          <Button icon={Download} busy={actions.exporting.busy} disabled={views.length === 0}>
            Export
          </Button>
        }
        entries={actions.exporting.entries}
      />
      <Menu align="end" trigger={<Button icon={Plus}>Add</Button>} entries={actions.addEntries} />
      <Button
        variant="primary"
        icon={Radar}
        busy={actions.scanning}
        onClick={actions.scan}
        disabled={views.length === 0}
      >
        {actions.scanLabel}
      </Button>
    </FilterBar>
  );
}

function tellsApart(facet: EndpointFacet, views: readonly EndpointView[]): boolean {
  if (facet !== 'owner' && facet !== 'tag') return true;
  return views.some(({ facets }) => facets[facet][0] !== '(none)');
}
