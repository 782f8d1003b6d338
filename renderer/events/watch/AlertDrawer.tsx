import type { ReactNode } from 'react';
import type { Alert } from '../../../shared/model/events/findings';
import { navigate } from '../../app/location';
import { Badge, Button, Drawer, Identifier, KeyValue, Time } from '../../ui';
import { shortKey } from '../eventWords';
import { AcknowledgePart } from './AcknowledgePart';
import { PolicyChangePart } from './PolicyChangePart';
import { useKeyNames } from './useKeyNames';
import { severityLooks, shortReason } from './watchWords';

/** One alert: why, who gained what, its events, and what was noted about it. */
export function AlertDrawer({
  alert,
  onClose,
  onShowEvent,
}: {
  alert: Alert;
  onClose: () => void;
  onShowEvent: (eventId: string) => void;
}) {
  const nameOf = useKeyNames();
  const look = severityLooks[alert.severity];
  const { key, policyChange, undone, events, count } = alert;
  return (
    <Drawer
      label="Alert"
      onClose={onClose}
      header={
        <>
          <h2 className="truncate text-base font-semibold">{alert.title}</h2>
          <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-2">
            <Badge tone={look.tone} icon={look.icon}>
              {look.word}
            </Badge>
            <Time iso={alert.at} precision="second" zone />
          </p>
        </>
      }
    >
      <Part title="Why">
        <p className="text-sm break-words text-ink select-text">
          {key === undefined || nameOf(key) === shortKey(key)
            ? alert.reason
            : shortReason(alert, nameOf(key))}
        </p>
      </Part>
      {policyChange && (
        <Part title="Policy">
          <PolicyChangePart change={policyChange} />
        </Part>
      )}
      <AcknowledgePart alert={alert} />
      <Part title="Where">
        <KeyValue
          rows={[
            { label: 'Caller', value: alert.caller },
            { label: 'Account', value: `${alert.account}, ${alert.region}` },
            ...(key === undefined
              ? []
              : [{ label: 'Key', value: <Identifier value={nameOf(key)} label="Key" max={44} /> }]),
            ...(undone
              ? [
                  {
                    label: 'Taken back',
                    value: (
                      <>
                        <Time iso={undone.at} precision="second" /> by {undone.by}, {undone.name}
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
        {key?.startsWith('arn:') && (
          <Button
            variant="ghost"
            onClick={() => navigate(`/events?${new URLSearchParams({ key }).toString()}`)}
          >
            All events of the key
          </Button>
        )}
      </Part>
      <Part title={count === 1 ? 'Event' : `${count.toLocaleString('en')} events`}>
        <ul>
          {[...events, ...(undone ? [undone.eventId] : [])].map((id) => (
            <li key={id} className="flex items-center justify-between gap-2 py-0.5">
              <Identifier value={id} label="Event id" max={40} />
              <Button
                variant="ghost"
                aria-label={`Show event ${id}`}
                onClick={() => onShowEvent(id)}
              >
                {id === undone?.eventId ? 'What took it back' : 'Show'}
              </Button>
            </li>
          ))}
        </ul>
        {count > events.length && (
          <p className="mt-1 text-xs text-ink-3">
            The first {events.length} of {count.toLocaleString('en')}.
          </p>
        )}
      </Part>
    </Drawer>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-3 last:border-b-0">
      <h3 className="mb-2 label-text">{title}</h3>
      {children}
    </section>
  );
}
