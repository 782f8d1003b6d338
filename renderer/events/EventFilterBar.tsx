import { Download, FileBraces, FileSpreadsheet } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type ReactNode, type Ref } from 'react';
import { useStore } from 'zustand';
import { eventFacets, type EventFacet } from '../../shared/model/events/event';
import type { EventQuery } from '../../shared/model/events/query';
import { useApp } from '../app';
import { Button, FacetChips, FilterBar, Menu, SearchField, Segmented, withFilter } from '../ui';
import { facetTitles, valueLabel } from './eventWords';
import { newestOf } from './store';
import { useEventExport } from './useEventExport';

/** Facets that are always in sight. */
const mainFacets: readonly EventFacet[] = ['name', 'outcome', 'cause', 'caller', 'key', 'region'];

/** Back from the newest event, for who does not drag over the histogram. */
const spans = [
  { value: 'all', label: 'All', hours: Infinity },
  { value: 'day', label: '24 h', hours: 24 },
  { value: 'week', label: '7 d', hours: 7 * 24 },
  { value: 'month', label: '30 d', hours: 30 * 24 },
] as const;

/** The bar above the events: search, facets, "n of m", time, export. */
export function EventFilterBar({
  query,
  onQuery,
  searchRef,
  children,
}: {
  query: EventQuery;
  /** `typing` for every letter of a search, which is no step for the back button. */
  onQuery: (query: EventQuery, typing?: boolean) => void;
  searchRef: Ref<HTMLInputElement>;
  /** Between time and export. */
  children?: ReactNode;
}) {
  const { events } = useApp();
  const facets = useStore(events, (state) => state.facets);
  const total = useStore(events, (state) => state.list.total);
  const stored = useStore(events, (state) => state.stored) ?? 0;
  const newest = useStore(events, newestOf);
  const write = useEventExport(query);
  const filtering =
    query.search !== '' ||
    query.since !== undefined ||
    query.until !== undefined ||
    Object.keys(query.filters).length > 0;
  const span = spans.find(({ hours }) => sinceOf(newest, hours) === query.since)?.value ?? 'all';

  return (
    <FilterBar
      noun="events"
      crowded
      search={
        <SlowSearch
          ref={searchRef}
          value={query.search}
          onChange={(search) => onQuery({ ...query, search }, true)}
        />
      }
      facets={
        <FacetChips
          facets={eventFacets}
          main={mainFacets}
          titles={facetTitles}
          filters={query.filters}
          optionsOf={(facet, selected) => {
            const counted = facets.find((each) => each.facet === facet)?.values ?? [];
            const gone = selected.filter((value) => !counted.some((each) => each.value === value));
            return [...counted, ...gone.map((value) => ({ value, count: 0 }))].map(
              ({ value, count }) => ({ value, label: valueLabel(facet, value), count }),
            );
          }}
          onChange={(facet, values) => onQuery(withFilter(query, facet, values))}
        />
      }
      shown={total}
      total={stored}
      onClear={
        filtering ? () => onQuery({ search: '', filters: {}, dryRuns: query.dryRuns }) : undefined
      }
    >
      <Segmented
        label="Time"
        value={span}
        segments={spans.map(({ value, label }) => ({ value, label }))}
        onChange={(value) => {
          const hours = spans.find((each) => each.value === value)?.hours ?? Infinity;
          onQuery(withTime(query, sinceOf(newest, hours), undefined));
        }}
      />
      {children}
      <Menu
        align="end"
        trigger={
          <Button icon={Download} disabled={total === 0}>
            Export
          </Button>
        }
        entries={[
          { heading: 'The events shown' },
          { label: 'CSV', icon: FileSpreadsheet, onSelect: () => void write('csv') },
          { label: 'JSON', icon: FileBraces, onSelect: () => void write('json') },
        ]}
      />
    </FilterBar>
  );
}

/** Asks when the typing rests, not at every letter. */
function SlowSearch({
  ref,
  value,
  onChange,
}: {
  ref: Ref<HTMLInputElement>;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  if (value !== asked) {
    // Another place in the window: back, a link, "Clear".
    setAsked(value);
    setText(value);
  }
  // Of the place that is open when the typing rests: another view may have been chosen meanwhile.
  const ask = useEffectEvent((search: string) => {
    setAsked(search);
    onChange(search);
  });
  useEffect(() => {
    if (text === asked) return undefined;
    const timer = setTimeout(() => ask(text), 250);
    return () => clearTimeout(timer);
  }, [text, asked]);
  return (
    <SearchField
      ref={ref}
      label="Search events"
      placeholder="Words, caller:ann, -outcome:ok"
      shortcut="/"
      value={text}
      onChange={(next) => setText(next.slice(0, 500))}
      className="w-60 shrink-0"
    />
  );
}

function sinceOf(newest: string | undefined, hours: number): string | undefined {
  if (newest === undefined || hours === Infinity) return undefined;
  return new Date(Date.parse(newest) - hours * 3_600_000).toISOString();
}

/** The query with another time; undefined is open. */
export function withTime(
  { since: _since, until: _until, ...query }: EventQuery,
  since: string | undefined,
  until: string | undefined,
): EventQuery {
  return { ...query, ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}
