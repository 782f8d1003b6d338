import {
  ChartNoAxesGantt,
  CloudDownload,
  DatabaseSearch,
  FileUp,
  FolderUp,
  History,
  Inbox,
  SearchX,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { toErrorInfo } from '../../shared/model/errors';
import { eventQuerySchema, type EventQuery } from '../../shared/model/events/query';
import { useApp, useCommands, useScreen } from '../app';
import {
  Button,
  EmptyState,
  ErrorPanel,
  Loading,
  Menu,
  ScreenHeader,
  Segmented,
  Time,
  type MenuEntry,
} from '../ui';
import { AthenaDialog } from './athena/AthenaDialog';
import { BucketDialog } from './BucketDialog';
import { CoverageDialog } from './covered/CoverageDialog';
import { EventDrawer } from './drawer/EventDrawer';
import { EventFilterBar, withTime } from './EventFilterBar';
import { EventHistogram } from './EventHistogram';
import { EventList } from './EventList';
import { useEventPlace } from './eventPlace';
import { ImportPanel } from './ImportPanel';
import { TriageView } from './TriageView';
import { TrustView } from './TrustView';
import { PostQuantumView } from './usage/PostQuantumView';
import { ViewsMenu } from './views/ViewsMenu';
import { WatchView } from './watch/WatchView';

/** Who used the keys, what failed, and can the log be trusted. */
export function EventsScreen() {
  const { client, events, watch, toaster } = useApp();
  const state = useStore(events);
  const [place, goTo] = useEventPlace();
  const [bucket, setBucket] = useState(false);
  const [athena, setAthena] = useState(false);
  const [covered, setCovered] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const { query, view, open } = place;
  const { rows, total, stored, loading, error, histogram, facets, coverage, importing, show } =
    state;
  const { loadMore, takeIn, imported } = state;

  useEffect(() => void show(query), [show, query]);
  const openIndex = rows.findIndex(({ eventId }) => eventId === open);
  useEffect(() => {
    // Who goes on from event to event does not come to an end where the list was loaded to.
    if (openIndex >= rows.length - 2 && openIndex >= 0) void loadMore();
  }, [openIndex, rows.length, loadMore]);
  // What came may be an alert, which the navigation counts.
  useEffect(() => {
    if (imported) void watch.getState().look();
  }, [imported, watch]);
  useScreen({ refresh: () => void takeIn({ kind: 'lookup' }), refreshing: Boolean(importing) });

  async function write(format: 'csv' | 'json'): Promise<void> {
    try {
      const written = await client.events.exportEvents({ query, format });
      if (!written) return;
      const title = `${written.events.toLocaleString('en')} events exported`;
      toaster.add({ title, description: written.file });
    } catch (failure) {
      const description = toErrorInfo(failure).message;
      toaster.add({ title: 'Not exported', description, type: 'error' });
    }
  }

  /** Opens the neighbour of the open event; undefined where there is none. */
  function step(by: 1 | -1): (() => void) | undefined {
    const neighbour = openIndex < 0 ? undefined : rows[openIndex + by];
    return neighbour && (() => goTo({ ...place, open: neighbour.eventId }, true));
  }

  const sources: readonly MenuEntry[] = [
    { heading: 'Import events from' },
    {
      label: 'Event history of the chosen accounts',
      icon: History,
      onSelect: () => void takeIn({ kind: 'lookup' }),
    },
    { label: 'A trail’s bucket', icon: CloudDownload, onSelect: () => setBucket(true) },
    {
      label: 'Athena over a trail’s bucket',
      icon: DatabaseSearch,
      onSelect: () => setAthena(true),
    },
    {
      label: 'A folder of log files',
      icon: FolderUp,
      onSelect: () => void takeIn({ kind: 'folder' }),
    },
    { label: 'Log files', icon: FileUp, onSelect: () => void takeIn({ kind: 'files' }) },
  ];
  useCommands([
    {
      id: 'events.lookup',
      title: 'Ask the event history',
      group: 'Events',
      icon: History,
      enabled: !importing,
      run: () => void takeIn({ kind: 'lookup' }),
    },
    {
      id: 'events.folder',
      title: 'Import a folder of log files',
      group: 'Events',
      icon: FolderUp,
      enabled: !importing,
      run: () => void takeIn({ kind: 'folder' }),
    },
    {
      id: 'events.athena',
      title: 'Ask Athena for events',
      group: 'Events',
      keywords: 'import organisation bucket query sql cost',
      icon: DatabaseSearch,
      enabled: !importing,
      run: () => setAthena(true),
    },
    {
      id: 'events.coverage',
      title: 'What is covered by the stored events',
      group: 'Events',
      keywords: 'gaps lag regions accounts sources',
      icon: ChartNoAxesGantt,
      run: () => setCovered(true),
    },
    {
      id: 'events.search',
      title: 'Search events',
      group: 'Events',
      keys: '/',
      run: () => search.current?.focus(),
    },
    {
      id: 'events.next',
      title: 'Next event',
      group: 'Events',
      keys: ['j', 'ArrowDown'],
      // Without an open event the list moves its own focus.
      local: open === undefined,
      run: () => step(1)?.(),
    },
    {
      id: 'events.previous',
      title: 'Previous event',
      group: 'Events',
      keys: ['k', 'ArrowUp'],
      local: open === undefined,
      run: () => step(-1)?.(),
    },
  ]);
  const onQuery = (next: EventQuery, typing = false) => goTo({ view, query: next }, typing);
  const newest = coverage
    .map((each) => each.newest ?? '')
    .sort()
    .at(-1);

  return (
    <div
      role="presentation"
      className="flex min-h-0 min-w-0 flex-1 flex-col"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const files = [...event.dataTransfer.files];
        if (files.length > 0) void takeIn({ kind: 'dropped', files });
      }}
    >
      <ScreenHeader
        title="Events"
        note={
          <CoverageNote
            stored={stored}
            places={coverage.length}
            newest={newest}
            onOpen={() => setCovered(true)}
          />
        }
      >
        <Segmented
          label="View"
          value={view}
          segments={[
            { value: 'list', label: 'Events' },
            { value: 'triage', label: 'Triage' },
            { value: 'watch', label: 'Watch' },
            { value: 'post-quantum', label: 'Post-quantum' },
            { value: 'trust', label: 'Trust' },
          ]}
          onChange={(next) => goTo({ view: next, query })}
        />
        <Menu
          align="end"
          trigger={
            <Button icon={Inbox} busy={Boolean(importing)}>
              Import
            </Button>
          }
          entries={sources}
        />
      </ScreenHeader>
      <ImportPanel onCoverage={() => setCovered(true)} />
      {covered && <CoverageDialog onClose={() => setCovered(false)} />}
      {error && (
        <div className="p-4">
          <ErrorPanel error={error} onRetry={() => void show(query)} />
        </div>
      )}
      {view === 'trust' && <TrustView />}
      {view !== 'trust' && stored === 0 && (
        <EmptyState
          icon={History}
          title="No events yet"
          actions={
            <>
              <Button
                variant="primary"
                disabled={Boolean(importing)}
                onClick={() => void takeIn({ kind: 'lookup' })}
              >
                Ask the event history
              </Button>
              <Button onClick={() => setBucket(true)}>Import a trail’s bucket</Button>
            </>
          }
        >
          CloudTrail’s event history has the last 90 days of every account, and answers two requests
          a second: a first pass takes some minutes a Region. A trail’s bucket has all of it. Log
          files can be dropped on this window.
        </EmptyState>
      )}
      {view !== 'trust' && view !== 'watch' && stored !== undefined && stored > 0 && (
        <EventFilterBar
          query={query}
          onQuery={onQuery}
          facets={facets}
          total={total}
          stored={stored}
          newest={newest}
          searchRef={search}
          onExport={(format) => void write(format)}
        >
          <ViewsMenu place={place} />
        </EventFilterBar>
      )}
      {stored === undefined && !error && view !== 'trust' && (
        <Loading label="Opening the events" rows={12} />
      )}
      {view === 'triage' && stored !== undefined && stored > 0 && (
        <TriageView query={query} onShow={(next) => goTo({ view: 'list', query: next })} />
      )}
      {view === 'watch' && stored !== undefined && stored > 0 && (
        <WatchView
          open={open}
          onOpen={(id) => goTo({ view, query, open: id }, open !== undefined)}
          onShowEvent={(id) => goTo({ view: 'list', query: emptyQuery, open: id })}
        />
      )}
      {view === 'post-quantum' && stored !== undefined && stored > 0 && (
        <PostQuantumView query={query} onShow={(next) => goTo({ view: 'list', query: next })} />
      )}
      {view === 'list' && stored !== undefined && stored > 0 && (
        <>
          {histogram && (
            <EventHistogram
              histogram={histogram}
              onZoom={(since, until) => onQuery(withTime(query, since, until))}
            />
          )}
          <div className="relative flex min-h-0 flex-1">
            {total === 0 && !loading ? (
              <EmptyState icon={SearchX} title="No event matches">
                There are events, but the search and the filters together leave none.
              </EmptyState>
            ) : (
              <EventList
                rows={rows}
                openId={open}
                onOpen={(row) => goTo({ ...place, open: row.eventId }, open !== undefined)}
                onEnd={rows.length < total && !loading ? () => void loadMore() : undefined}
              />
            )}
            {open !== undefined && (
              <EventDrawer
                eventId={open}
                onOpen={(eventId) => goTo({ ...place, open: eventId })}
                onPrevious={step(-1)}
                onNext={step(1)}
                onClose={() => goTo({ view, query })}
              />
            )}
          </div>
        </>
      )}
      {athena && (
        <AthenaDialog
          onClose={() => setAthena(false)}
          onAsk={(plan) => {
            setAthena(false);
            void takeIn({ kind: 'athena', plan });
          }}
        />
      )}
      {bucket && (
        <BucketDialog
          title="Import a trail’s bucket"
          action="Import"
          onClose={() => setBucket(false)}
          onChoose={(chosen) => {
            setBucket(false);
            void takeIn({ kind: 'bucket', place: chosen });
          }}
        />
      )}
    </div>
  );
}

const emptyQuery = eventQuerySchema.parse({});

/** How much is stored, in a line; it opens what is covered. */
function CoverageNote({
  stored,
  places,
  newest,
  onOpen,
}: {
  stored: number | undefined;
  places: number;
  newest: string | undefined;
  onOpen: () => void;
}) {
  if (stored === undefined || places === 0) return undefined;
  const where = places === 1 ? 'one Region' : `${places} Regions`;
  return (
    <button type="button" onClick={onOpen} className="text-left underline-offset-2 hover:underline">
      {stored.toLocaleString('en')} stored, {where}, newest{' '}
      {newest ? <Time iso={newest} precision="minute" bare /> : 'unknown'}
    </button>
  );
}
