import { useCallback, useEffect, useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import type { EventStorage } from '../../shared/model/events/retention';
import { useApp, useSettings } from '../app';
import { Button, Dialog, ErrorPanel, Section, Select } from '../ui';
import { bytesText } from './bytesText';
import { Row, Rows } from './Rows';

/** How long events are kept, and what they take now. */
export function EventsSection() {
  const { client, events, toaster } = useApp();
  const [{ eventRetentionDays: days }, update] = useSettings();
  const [storage, setStorage] = useState<EventStorage>();
  const [error, setError] = useState<ErrorInfo>();
  const [asking, setAsking] = useState<{ days: number; older: number }>();
  const [deleting, setDeleting] = useState(false);

  const load = useCallback(
    () =>
      client.events.storage({ days: null }).then(
        (found) => {
          setStorage(found);
          setError(undefined);
        },
        (failure: unknown) => setError(toErrorInfo(failure)),
      ),
    [client],
  );
  useEffect(() => {
    void load();
  }, [load]);

  async function choose(next: number | null): Promise<void> {
    try {
      const older = next === null ? 0 : (await client.events.storage({ days: next })).older;
      if (next !== null && older > 0) setAsking({ days: next, older });
      else await keep(next);
    } catch (failure) {
      setError(toErrorInfo(failure));
    }
  }

  async function keep(next: number | null): Promise<void> {
    setDeleting(true);
    try {
      await update({ eventRetentionDays: next });
      const forgotten = await client.events.retain();
      if (forgotten.events > 0) {
        toaster.add({
          title: `${forgotten.events.toLocaleString('en')} events deleted`,
          description: `events.db is ${bytesText(forgotten.bytes)} smaller.`,
        });
      }
      // What the event screen holds is of before.
      const { query, show } = events.getState();
      if (query) await show(query);
      await load();
    } catch (failure) {
      setError(toErrorInfo(failure));
    } finally {
      setDeleting(false);
      setAsking(undefined);
    }
  }

  const value = days === null ? 'forever' : String(days);
  return (
    <Section
      title="Events"
      description="CloudTrail events lie in events.db in the data folder: a copy of what AWS keeps."
    >
      {error && (
        <div className="mb-3">
          <ErrorPanel error={error} onRetry={() => void load()} />
        </div>
      )}
      <Rows>
        <Row
          label="Keep events"
          hint="Older ones are deleted, with their raw records: at once, after each import, and once a day. The journal says how many. AWS’s event history has 90 days; a trail’s bucket what its life cycle rules leave."
        >
          <Select
            label="Keep events"
            value={value}
            options={optionsFor(days)}
            onChange={(next) => void choose(next === 'forever' ? null : Number(next))}
          />
        </Row>
        <Row label="Stored now" hint={storage ? spanText(storage) : 'Counting'}>
          <span className="text-sm tabular-nums">{storage && bytesText(storage.bytes)}</span>
        </Row>
      </Rows>
      {asking && (
        <Dialog
          open
          onClose={() => setAsking(undefined)}
          title={`Delete ${asking.older.toLocaleString('en')} events?`}
          description={`They are older than ${asking.days} days. Triage, watch and coverage no longer reach back to them. They can be imported again from where AWS still has them.`}
          footer={
            <>
              <Button onClick={() => setAsking(undefined)}>Cancel</Button>
              <Button variant="danger" busy={deleting} onClick={() => void keep(asking.days)}>
                Delete
              </Button>
            </>
          }
        />
      )}
    </Section>
  );
}

const lengths: readonly (readonly [string, string])[] = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['180', '180 days'],
  ['365', 'A year'],
  ['730', 'Two years'],
  ['2555', 'Seven years'],
  ['forever', 'For ever'],
];

/** A length that was set elsewhere is offered too. */
function optionsFor(days: number | null): { value: string; label: string }[] {
  const options = lengths.map(([value, label]) => ({ value, label }));
  const known = days === null || options.some(({ value }) => value === String(days));
  return known ? options : [{ value: String(days), label: `${days} days` }, ...options];
}

function spanText({ events, files, oldest, newest }: EventStorage): string {
  if (events === 0) return 'No events.';
  const count = `${events.toLocaleString('en')} events in ${files === 1 ? 'one raw file' : `${files.toLocaleString('en')} raw files`}`;
  return `${count}, from ${oldest?.slice(0, 10) ?? '?'} to ${newest?.slice(0, 10) ?? '?'} (UTC).`;
}
