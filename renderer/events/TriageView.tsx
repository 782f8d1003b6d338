import { useEffect } from 'react';
import { useStore } from 'zustand';
import { failureCauses, type FailureCause } from '../../shared/model/events/event';
import type { TriageGroup } from '../../shared/model/events/findings';
import { notCovered } from '../../shared/model/events/notCovered';
import { eventQuerySchema, type EventQuery } from '../../shared/model/events/query';
import { useApp } from '../app';
import { Badge, Button, Loading, Time } from '../ui';
import { NothingFound } from './covered/NothingFound';
import { causeWords } from './eventWords';
import { ThrottlingPart } from './usage/ThrottlingPart';

const trendWords: Readonly<Record<TriageGroup['trend'], string>> = {
  rising: 'Rising',
  falling: 'Falling',
  steady: 'Steady',
  new: 'New this week',
  over: 'Over',
};

/** Failed uses of keys by cause, the ones that still go on first. */
export function TriageView({
  query,
  onShow,
}: {
  query: EventQuery;
  /** Shows the events of a group in the list. */
  onShow: (query: EventQuery) => void;
}) {
  const { events } = useApp();
  const triaged = useStore(events, (state) => state.triaged);
  const coverage = useStore(events, (state) => state.coverage);
  const triage = useStore(events, (state) => state.triage);
  const stored = useStore(events, (state) => state.stored);
  useEffect(() => {
    // Events that were taken in meanwhile count too.
    if (stored !== undefined) void triage(query);
  }, [triage, query, stored]);

  if (!triaged) return <Loading label="Looking at failed calls" />;
  const { groups } = triaged;
  const causes = failureCauses.filter((cause) => groups.some((group) => group.cause === cause));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      {groups.length === 0 && (
        <NothingFound
          what="No use of a key failed"
          looked={triaged.events}
          missing={notCovered(coverage).length}
        >
          {triaged.events.toLocaleString('en')} stored events were looked at, as the filters have
          it.
        </NothingFound>
      )}
      {causes.map((cause) => (
        <Cause
          key={cause}
          cause={cause}
          groups={groups.filter((group) => group.cause === cause)}
          onShow={onShow}
        />
      ))}
      {groups.length > 0 && (
        <p className="text-xs text-ink-3">
          Trends compare the last seven days with the seven before, counted back from the newest
          event.
        </p>
      )}
      <ThrottlingPart onShow={onShow} />
    </div>
  );
}

function Cause({
  cause,
  groups,
  onShow,
}: {
  cause: FailureCause;
  groups: readonly TriageGroup[];
  onShow: (query: EventQuery) => void;
}) {
  const calls = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="mb-6" aria-label={causeWords[cause]}>
      <h2 className="text-sm font-semibold">
        {causeWords[cause]}{' '}
        <span className="font-normal text-ink-3">{calls.toLocaleString('en')} calls</span>
      </h2>
      <ul className="mt-2 divide-y divide-line rounded-md border border-line bg-surface">
        {groups.map((group) => (
          <li key={group.id} className="flex items-start gap-4 px-4 py-3">
            <b className="w-14 shrink-0 text-right text-sm tabular-nums">
              {group.count.toLocaleString('en')}
            </b>
            <div className="min-w-0 flex-1">
              <p className="text-sm">{group.summary}</p>
              <p className="mt-1 text-sm text-ink-2">{group.next}</p>
              <p className="mt-1 flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
                <Badge tone={group.trend === 'rising' || group.trend === 'new' ? 'fail' : 'quiet'}>
                  {trendWords[group.trend]}
                </Badge>
                <span>
                  <Time iso={group.first} precision="minute" bare /> to{' '}
                  <Time iso={group.last} precision="minute" bare />
                </span>
                <span>{group.names.join(', ')}</span>
                <span>
                  {group.account} {group.region}
                </span>
                {group.deniedBy && <span>denied by: {group.deniedBy}</span>}
              </p>
            </div>
            <Button variant="ghost" onClick={() => onShow(queryOf(group))}>
              Show events
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function queryOf({ cause, role, caller, key, account, region, names }: TriageGroup): EventQuery {
  return eventQuerySchema.parse({
    filters: {
      cause: [cause],
      name: names,
      account: [account],
      region: [region],
      ...(role === undefined ? { caller: [caller] } : { role: [role] }),
      ...(key !== undefined && { key: [key] }),
    },
  });
}
