import { CalendarClock, Download, FunnelX, Plus, Radar } from 'lucide-react';
import { Button, FilterChip, IconButton, Menu, SearchField } from '../../ui';
import { endpointFacets, type EndpointFacet, type EndpointView } from './lens';
import { isFiltering, type EndpointList, type EndpointQuery } from './query';
import type { EndpointActions } from './useEndpointCommands';
import { facetOptions, facetTitles } from './words';

/** The bar above the list, which stays: search, facets with their counts, "n of m", add, export, scan. */
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
    <search
      className="@container shrink-0 border-b bg-canvas px-3 py-1"
      aria-label="Filter endpoints"
    >
      <div className="flex flex-wrap items-start gap-x-2 gap-y-1.5">
        <SearchField
          label="Search endpoints"
          placeholder="Name, host, issuer, tag"
          shortcut="/"
          value={query.search}
          onChange={(search) => onQuery({ ...query, search: search.slice(0, 500) }, true)}
          className="w-52 shrink-0"
        />
        <div className="flex min-h-7 min-w-0 flex-1 flex-wrap items-center gap-1.5 @max-6xl:order-last @max-6xl:basis-full">
          {endpointFacets.map((facet) => {
            const selected = query.filters[facet] ?? [];
            // Who uses neither owners nor tags has no use for their filter.
            if (selected.length === 0 && !tellsApart(facet, all)) return null;
            return (
              <FilterChip
                key={facet}
                label={facetTitles[facet]}
                options={facetOptions(facet, counts[facet], selected)}
                selected={selected}
                onChange={(values) => onQuery(withFilter(query, facet, values))}
              />
            );
          })}
        </div>
        <div className="ml-auto flex h-7 shrink-0 items-center gap-1">
          {isFiltering(query) && (
            <Button variant="ghost" icon={FunnelX} onClick={actions.clear}>
              Clear
            </Button>
          )}
          <output aria-live="polite" className="px-1 text-xs whitespace-nowrap text-ink-2">
            <b className="font-semibold text-ink">{views.length.toLocaleString('en')}</b> of{' '}
            {all.length.toLocaleString('en')}
            <span className="sr-only"> endpoints</span>
          </output>
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
          <Menu
            align="end"
            trigger={<Button icon={Plus}>Add</Button>}
            entries={actions.addEntries}
          />
          <Button
            variant="primary"
            icon={Radar}
            busy={actions.scanning}
            onClick={actions.scan}
            disabled={views.length === 0}
          >
            {actions.scanLabel}
          </Button>
        </div>
      </div>
    </search>
  );
}

function tellsApart(facet: EndpointFacet, views: readonly EndpointView[]): boolean {
  if (facet !== 'owner' && facet !== 'tag') return true;
  return views.some(({ facets }) => facets[facet][0] !== '(none)');
}

/** The query with other values of one facet; none means that the facet does not filter. */
function withFilter(
  query: EndpointQuery,
  facet: EndpointFacet,
  values: readonly string[],
): EndpointQuery {
  const { [facet]: _, ...filters } = query.filters;
  return { ...query, filters: values.length > 0 ? { ...filters, [facet]: values } : filters };
}
