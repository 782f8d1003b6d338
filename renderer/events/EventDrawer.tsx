import { useEffect, useState, type ReactNode } from 'react';
import type { EventRow } from '../../shared/model/events/event';
import { eventQuerySchema } from '../../shared/model/events/query';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { useClient } from '../app';
import { navigate } from '../app/location';
import {
  Button,
  CodeBlock,
  Drawer,
  ErrorPanel,
  Identifier,
  KeyValue,
  Loading,
  Time,
  type KeyValueRow,
} from '../ui';
import { formatEventPlace } from './eventPlace';
import { causeWords, outcomeLooks, shortKey } from './eventWords';

interface Answer {
  readonly id: string;
  readonly row?: EventRow;
  readonly raw?: string;
  readonly error?: ErrorInfo;
}

/** One event: who, what, with which key, and the record as CloudTrail wrote it. */
export function EventDrawer({ eventId, onClose }: { eventId: string; onClose: () => void }) {
  const { events } = useClient();
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    const abort = new AbortController();
    events.event({ eventId }, { signal: abort.signal }).then(
      (found) => setAnswer({ id: eventId, ...found }),
      (error: unknown) => {
        if (!abort.signal.aborted) setAnswer({ id: eventId, error: toErrorInfo(error) });
      },
    );
    return () => abort.abort();
  }, [events, eventId]);
  const { row, raw, error } = answer?.id === eventId ? answer : {};

  return (
    <Drawer
      label="Event"
      onClose={onClose}
      header={
        <>
          <h2 className="truncate text-base font-semibold">{row?.name ?? 'Event'}</h2>
          {row && (
            <p className="mt-0.5 text-xs text-ink-2">
              <Time iso={row.at} precision="second" zone /> {outcomeLooks[row.outcome].word}
              {row.cause && `: ${causeWords[row.cause].toLowerCase()}`}
            </p>
          )}
        </>
      }
    >
      {error && <ErrorPanel error={error} />}
      {!row && !error && <Loading label="Reading the event" />}
      {row && (
        <>
          <Part title="Who">
            <KeyValue
              rows={[
                { label: 'Caller', value: row.caller },
                ...id('ARN', row.callerArn),
                ...id('Role', row.role),
                ...id('Access key', row.accessKeyId),
                ...text('MFA', row.mfa === undefined ? undefined : row.mfa ? 'yes' : 'no'),
                ...text('On behalf of', row.service),
                ...text('From', row.ip),
                ...text('With', row.userAgent),
                ...text('TLS', [row.tlsVersion, row.keyExchange].filter(Boolean).join(', ')),
              ]}
            />
          </Part>
          <Part title="What">
            <KeyValue
              rows={[
                { label: 'Service', value: row.source },
                { label: 'Account', value: `${row.account}, ${row.region}` },
                ...text('Error', row.error),
                ...text('Message', row.message),
                ...Object.entries(row.encryptionContext).map(([name, value]) => ({
                  label: `Context ${name}`,
                  value,
                })),
                ...id('Event id', row.eventId),
              ]}
            />
          </Part>
          {row.keys.length > 0 && (
            <Part title={row.keys.length === 1 ? 'Key' : 'Keys'}>
              {row.keys.map((key) => (
                <div key={key} className="flex items-center justify-between gap-2 py-0.5">
                  <Identifier value={shortKey(key)} label="Key id" max={40} />
                  <Button variant="ghost" onClick={() => navigate(`/events?${timeline(key)}`)}>
                    All its events
                  </Button>
                </div>
              ))}
            </Part>
          )}
          {raw !== undefined && (
            <Part title="As recorded">
              <CodeBlock text={raw} label="CloudTrail record" />
            </Part>
          )}
        </>
      )}
    </Drawer>
  );
}

function timeline(key: string): string {
  return formatEventPlace({
    view: 'list',
    query: eventQuerySchema.parse({ filters: { key: [key] } }),
  });
}

function text(label: string, value: string | undefined): KeyValueRow[] {
  return value ? [{ label, value }] : [];
}

function id(label: string, value: string | undefined): KeyValueRow[] {
  return value ? [{ label, value: <Identifier value={value} label={label} max={44} /> }] : [];
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-3 last:border-b-0">
      <h3 className="mb-2 label-text">{title}</h3>
      {children}
    </section>
  );
}
