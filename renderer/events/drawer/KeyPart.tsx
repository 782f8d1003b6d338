import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { EventRow } from '../../../shared/model/events/event';
import { eventQuerySchema } from '../../../shared/model/events/query';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { formatKeyPlace, parseKeyPlace } from '../../../shared/model/keyPlace';
import { useApp } from '../../app';
import { navigate } from '../../app/location';
import { Button, ErrorPanel, Identifier, Time, Timeline, type TimelineEntry, Part } from '../../ui';
import { keyEventsPlace } from '../eventPlace';
import { causeWords, outcomeLooks, shortKey } from '../eventWords';
import { keyChanges } from '../views/keyChanges';

interface Story {
  readonly arn: string;
  readonly rows?: readonly EventRow[];
  /** All changes and failures there are. */
  readonly total?: number;
  readonly error?: ErrorInfo;
}

/** The key of an event: what befell it, and the ways to its other events and to its place in the inventory. */
export function KeyPart({
  arn,
  eventId,
  onOpen,
}: {
  arn: string;
  /** The event that is open. */
  eventId: string;
  onOpen: (eventId: string) => void;
}) {
  const { keys } = useApp();
  const rows = useStore(keys.store, (state) => state.rows);
  const known = [...rows.values()].find((row) => row.arn === arn);
  const story = useStory(arn);
  return (
    <Part title="Key">
      <div className="flex flex-wrap items-center justify-between gap-x-2">
        <Identifier value={shortKey(arn)} label="Key id" max={40} />
        <span className="flex">
          {known && (
            <Button
              variant="ghost"
              onClick={() =>
                navigate(`/keys?${formatKeyPlace({ ...parseKeyPlace(''), open: known })}`)
              }
            >
              Show the key
            </Button>
          )}
          <Button variant="ghost" onClick={() => navigate(keyEventsPlace(arn))}>
            All its events
          </Button>
        </span>
      </div>
      {story.error && <ErrorPanel compact error={story.error} />}
      {story.rows && story.rows.length === 0 && (
        <p className="mt-1 text-xs text-ink-2">
          No change and no failure of this key among the stored events.
        </p>
      )}
      {story.rows && story.rows.length > 0 && (
        <div className="mt-3">
          <Timeline
            label="Changes and failures of this key, newest first"
            entries={story.rows.map((row) => entryOf(row, row.eventId === eventId, onOpen))}
          />
          {story.total !== undefined && story.total > story.rows.length && (
            <p className="mt-2 text-xs text-ink-3">
              {(story.total - story.rows.length).toLocaleString('en')} more changes and failures of
              this key.
            </p>
          )}
        </div>
      )}
    </Part>
  );
}

/** The newest changes of a key and the newest failures with it, together, newest first. */
function useStory(arn: string): Story {
  const { client } = useApp();
  const [story, setStory] = useState<Story>({ arn });
  useEffect(() => {
    const abort = new AbortController();
    const page = (filters: object) =>
      client.events.page(
        { query: eventQuerySchema.parse({ filters }), offset: 0, limit: 8 },
        { signal: abort.signal },
      );
    Promise.all([
      page({ key: [arn], name: [...keyChanges], outcome: ['ok'] }),
      page({ key: [arn], outcome: ['denied', 'throttled', 'failed'] }),
    ]).then(
      ([changes, failures]) => {
        // Both have their room: a storm of failures must not push what caused it out of sight.
        const rows = [...changes.rows.slice(0, 8), ...failures.rows.slice(0, 4)];
        setStory({
          arn,
          rows: rows.sort((a, b) => (a.at < b.at ? 1 : -1)),
          total: changes.total + failures.total,
        });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setStory({ arn, error: toErrorInfo(error) });
      },
    );
    return () => abort.abort();
  }, [client, arn]);
  return story.arn === arn ? story : { arn };
}

function entryOf(row: EventRow, current: boolean, onOpen: (id: string) => void): TimelineEntry {
  const look = outcomeLooks[row.outcome];
  const what = row.cause ? `${row.name}: ${causeWords[row.cause].toLowerCase()}` : row.name;
  return {
    id: row.eventId,
    title: current ? (
      what
    ) : (
      <button
        type="button"
        className="text-left hover:underline"
        onClick={() => onOpen(row.eventId)}
      >
        {what}
      </button>
    ),
    time: <Time iso={row.at} precision="minute" bare />,
    detail: row.caller,
    tone: row.outcome === 'ok' ? 'info' : look.tone,
    current,
  };
}
