import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import type { EventSourceKind } from '../../../shared/model/events/coverage';
import type { EventRow } from '../../../shared/model/events/event';
import { recordFacts, type RecordFacts } from '../../../shared/model/events/session';
import { useClient } from '../../app';
import {
  Button,
  CodeBlock,
  Drawer,
  ErrorPanel,
  IconButton,
  Identifier,
  KeyValue,
  Loading,
  Time,
  type KeyValueRow,
  Part,
} from '../../ui';
import { causeWords, outcomeLooks } from '../eventWords';
import { KeyPart } from './KeyPart';

interface Answer {
  readonly id: string;
  readonly row?: EventRow;
  readonly raw?: string;
  readonly source?: EventSourceKind;
  readonly copies?: readonly Copy[];
  readonly error?: ErrorInfo;
}

interface Copy {
  readonly eventId: string;
  readonly account: string;
}

/** One event: who, what, with which key and what else befell that key, and the record as CloudTrail wrote it. */
export function EventDrawer({
  eventId,
  onOpen,
  onPrevious,
  onNext,
  onClose,
}: {
  eventId: string;
  /** Opens another event in this one's place. */
  onOpen: (eventId: string) => void;
  /** Opens the neighbours in the list; undefined where there is none. */
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}) {
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
  const { row, raw = '', source, copies = [], error } = answer?.id === eventId ? answer : {};

  return (
    <Drawer
      label="Event"
      onClose={onClose}
      actions={
        <>
          <IconButton
            icon={ChevronUp}
            label="Previous event"
            shortcut="k"
            disabled={!onPrevious}
            onClick={() => onPrevious?.()}
          />
          <IconButton
            icon={ChevronDown}
            label="Next event"
            shortcut="j"
            disabled={!onNext}
            onClick={() => onNext?.()}
          />
        </>
      }
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
            <KeyValue rows={whoRows(row, recordFacts(raw))} />
          </Part>
          <Part title="What">
            <KeyValue rows={whatRows(row, recordFacts(raw))} />
            {copies.length > 0 && <Copies copies={copies} onOpen={onOpen} />}
          </Part>
          {row.keys.map((key) => (
            <KeyPart key={key} arn={key} eventId={row.eventId} onOpen={onOpen} />
          ))}
          {raw !== '' && (
            <Part title={source === 'athena' ? 'Rebuilt from Athena’s columns' : 'As recorded'}>
              {source === 'athena' && (
                <p className="mb-2 text-xs text-ink-2">
                  Not the record to the letter: Athena gives columns. What its table does not have
                  is absent here, and the order is not CloudTrail’s. The trail’s log file has the
                  whole record.
                </p>
              )}
              <CodeBlock text={raw} label="CloudTrail record" />
            </Part>
          )}
        </>
      )}
    </Drawer>
  );
}

function whoRows(row: EventRow, { sessionName, sessionCreated }: RecordFacts): KeyValueRow[] {
  return [
    { label: 'Caller', value: row.caller },
    ...id('ARN', row.callerArn),
    ...id('Role', row.role),
    ...text('Session', sessionName),
    ...(sessionCreated === undefined
      ? []
      : [{ label: 'Session since', value: <Time iso={sessionCreated} precision="second" zone /> }]),
    ...text('MFA', mfaText(row)),
    ...id('Access key', row.accessKeyId),
    ...text('On behalf of', row.service),
    ...text('From', row.ip),
    ...text('With', row.userAgent),
    ...text('TLS', [row.tlsVersion, row.keyExchange].filter(Boolean).join(', ')),
  ];
}

/** Only sessions say: that the record says nothing means neither yes nor no. */
function mfaText({ mfa }: EventRow): string {
  if (mfa === undefined) return 'the event does not say';
  return mfa ? 'yes, in this session' : 'no';
}

function whatRows(row: EventRow, { requestId }: RecordFacts): KeyValueRow[] {
  return [
    { label: 'Service', value: row.source },
    { label: 'Account', value: `${row.account}, ${row.region}` },
    ...text('Error', row.error),
    ...text('Message', row.message),
    ...Object.entries(row.encryptionContext).map(([name, value]) => ({
      label: `Context ${name}`,
      value,
    })),
    ...id('Event id', row.eventId),
    ...id('Request id', requestId),
  ];
}

function Copies({
  copies,
  onOpen,
}: {
  copies: readonly Copy[];
  onOpen: (eventId: string) => void;
}) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
      The same call as recorded in{' '}
      {copies.map(({ eventId, account }) => (
        <Button key={eventId} variant="ghost" onClick={() => onOpen(eventId)}>
          {account}
        </Button>
      ))}
    </div>
  );
}

function text(label: string, value: string | undefined): KeyValueRow[] {
  return value ? [{ label, value }] : [];
}

function id(label: string, value: string | undefined): KeyValueRow[] {
  return value ? [{ label, value: <Identifier value={value} label={label} max={44} /> }] : [];
}
