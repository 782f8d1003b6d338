import { ChartNoAxesGantt, Inbox } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { eventQuerySchema, type EventQuery } from '../../shared/model/events/query';
import { useApp, useCommands, useScreen } from '../app';
import { Button, ErrorPanel, Loading, Menu, ScreenHeader, Segmented } from '../ui';
import { AthenaDialog } from './athena/AthenaDialog';
import { BucketDialog } from './BucketDialog';
import { CoverageDialog } from './covered/CoverageDialog';
import { CoverageNote } from './covered/CoverageNote';
import { EventFilterBar } from './EventFilterBar';
import { useEventPlace } from './eventPlace';
import { ImportPanel } from './ImportPanel';
import { ListView } from './list/ListView';
import { NoEvents } from './NoEvents';
import { TriageView } from './TriageView';
import { TrustView } from './TrustView';
import { PostQuantumView } from './usage/PostQuantumView';
import { ThrottlingPart } from './usage/ThrottlingPart';
import { useEventSources } from './useEventSources';
import { ViewsMenu } from './views/ViewsMenu';
import { WatchView } from './watch/WatchView';

/** Who used the keys, what failed, and can the log be trusted. */
export function EventsScreen() {
  const { events, watch } = useApp();
  const [place, goTo] = useEventPlace();
  const [bucket, setBucket] = useState(false);
  const [athena, setAthena] = useState(false);
  const [covered, setCovered] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const { query, view, open } = place;
  const stored = useStore(events, (state) => state.stored);
  const error = useStore(events, (state) => state.error);
  const importing = useStore(events, (state) => state.importing !== undefined);
  const imported = useStore(events, (state) => state.imported);
  const { show, takeIn } = events.getState();

  useEffect(() => void show(query), [show, query]);
  // What came may be an alert, which the navigation counts.
  useEffect(() => {
    if (imported) void watch.getState().look();
  }, [imported, watch]);
  useScreen({ refresh: () => void takeIn({ kind: 'lookup' }), refreshing: importing });

  const sources = useEventSources({
    onBucket: () => setBucket(true),
    onAthena: () => setAthena(true),
  });
  useCommands([
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
  ]);
  const onQuery = (next: EventQuery, typing = false) => goTo({ view, query: next }, typing);
  const showEvents = (next: EventQuery) => goTo({ view: 'list', query: next });

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
        note={<CoverageNote onOpen={() => setCovered(true)} />}
        views={
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
        }
      >
        <Menu
          align="end"
          trigger={
            <Button icon={Inbox} busy={importing}>
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
        <div className="min-h-0 flex-1 overflow-y-auto p-4">
          <NoEvents
            importing={importing}
            onLookup={() => void takeIn({ kind: 'lookup' })}
            onBucket={() => setBucket(true)}
          />
          {/* CloudWatch counts the calls, whether their events are stored or not. */}
          {view === 'triage' && <ThrottlingPart onShow={showEvents} />}
        </div>
      )}
      {view !== 'trust' && view !== 'watch' && stored !== undefined && stored > 0 && (
        <EventFilterBar query={query} onQuery={onQuery} searchRef={search}>
          <ViewsMenu place={place} />
        </EventFilterBar>
      )}
      {stored === undefined && !error && view !== 'trust' && (
        <Loading label="Opening the events" rows={12} />
      )}
      {view === 'triage' && stored !== undefined && stored > 0 && (
        <TriageView query={query} onShow={showEvents} />
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
        <ListView place={place} goTo={goTo} />
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
