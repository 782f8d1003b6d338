import { SearchX } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp, useCommands } from '../../app';
import { EmptyState } from '../../ui';
import { EventDrawer } from '../drawer/EventDrawer';
import { withTime } from '../EventFilterBar';
import { EventHistogram } from '../EventHistogram';
import type { EventPlace } from '../eventPlace';
import { EventList } from './EventList';

/** The matching events over time and as a list, and beside it the one that is open. */
export function ListView({
  place,
  goTo,
}: {
  place: EventPlace;
  goTo: (place: EventPlace, replace?: boolean) => void;
}) {
  const { events } = useApp();
  const histogram = useStore(events, (state) => state.histogram);
  const total = useStore(events, (state) => state.list.total);
  const loading = useStore(events, (state) => state.loading);
  const openIndex = useStore(events, ({ opened, list }) =>
    opened && opened.eventId === place.open ? opened.seq + list.origin : -1,
  );
  const { locate, read } = events.getState();
  const { query, view, open } = place;

  useEffect(() => void locate(open), [locate, open]);

  /** Opens the neighbour of the open event; undefined where there is none. */
  function step(by: 1 | -1): (() => void) | undefined {
    const index = openIndex + by;
    if (openIndex < 0 || index < 0 || index >= total) return undefined;
    return () => openAt(index);
  }

  function openAt(index: number): void {
    void read(index).then((row) => row && pick(row.eventId));
  }

  function pick(eventId: string): void {
    goTo({ ...place, open: eventId }, open !== undefined);
  }

  useCommands([
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

  return (
    <>
      {histogram ? (
        <EventHistogram
          histogram={histogram}
          onZoom={(since, until) => goTo({ view, query: withTime(query, since, until) })}
        />
      ) : (
        <div className="h-[89px] shrink-0 border-b" />
      )}
      <div className="relative flex min-h-0 flex-1">
        {total === 0 && !loading ? (
          <EmptyState icon={SearchX} title="No event matches">
            There are events, but the search and the filters together leave none.
          </EmptyState>
        ) : (
          <EventList openId={open} onOpen={openAt} onPick={pick} />
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
  );
}
