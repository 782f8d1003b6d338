import { GitCompareArrows } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app';
import { Button, EmptyState, Loading, Time } from '../../ui';
import { useKeyNames } from './useKeyNames';

/** What changed on keys from one inventory to the next, and who did it as far as events tell. */
export function DriftView({ onShowEvent }: { onShowEvent: (eventId: string) => void }) {
  const { watch } = useApp();
  const drift = useStore(watch, (state) => state.drift);
  const error = useStore(watch, (state) => state.error);
  const load = useStore(watch, (state) => state.loadDrift);
  const nameOf = useKeyNames();
  useEffect(() => void load(), [load]);

  if (!drift) return error ? null : <Loading label="Comparing inventories" />;
  if (drift.length === 0) {
    return (
      <EmptyState icon={GitCompareArrows} title="No change between inventories">
        Of the chosen accounts, as far as they were read at least twice. What an inventory could not
        tell is not compared.
      </EmptyState>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <ul
        aria-label="Changes between inventories"
        className="divide-y divide-line rounded-md border border-line bg-surface"
      >
        {drift.map((each) => (
          <li key={`${each.arn} ${each.since} ${each.what}`} className="px-4 py-3">
            <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
              <b className="font-medium">{each.what}</b>
              <span className="font-mono text-xs text-ink-2" title={each.arn}>
                {nameOf(each.arn)}
              </span>
              <span className="text-xs text-ink-3">
                {each.account} {each.region}
              </span>
            </p>
            <p className="mt-0.5 text-xs text-ink-3">
              Between <Time iso={each.since} precision="minute" bare /> and{' '}
              <Time iso={each.until} precision="minute" bare />
            </p>
            {each.authors.length === 0 ? (
              <p className="mt-1 text-xs text-ink-2">
                No event that can have done it is stored. Ask the event history, or import the
                trail’s log files of that time.
              </p>
            ) : (
              <ul className="mt-1">
                {each.authors.map(({ eventId, at, name, caller }) => (
                  <li key={eventId} className="flex items-center gap-2 text-sm">
                    <span>
                      {caller}, {name},{' '}
                      <span className="text-ink-2">
                        <Time iso={at} precision="second" bare />
                      </span>
                    </span>
                    <Button
                      variant="ghost"
                      aria-label={`Show event ${eventId}`}
                      onClick={() => onShowEvent(eventId)}
                    >
                      Show
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
