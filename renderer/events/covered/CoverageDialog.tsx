import { TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import type { Coverage } from '../../../shared/model/events/coverage';
import { useApp, useSettings } from '../../app';
import { Badge, Button, Dialog, Time } from '../../ui';
import { CoverageBar } from './CoverageBar';
import { agoWords, sourceWords, spanOf } from './coverageWords';

/** What is stored of which account and Region, from when to when, and what is missing of it. */
export function CoverageDialog({ onClose }: { onClose: () => void }) {
  const { events } = useApp();
  const { coverage, forgotten, importing, takeIn } = useStore(events);
  const [{ quotaPercent }] = useSettings();
  const span = spanOf(coverage);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="What is covered"
      description="Nothing can be said of times and Regions that are not covered here: that no event is found there proves nothing."
      footer={
        <>
          <Button
            disabled={Boolean(importing)}
            onClick={() => {
              onClose();
              void takeIn({ kind: 'lookup' });
            }}
          >
            Ask the event history
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <ul
        aria-label="Accounts and Regions"
        // oxlint-disable-next-line no-noninteractive-tabindex -- what scrolls must be reached by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="divide-y divide-line rounded-md border border-line"
      >
        {coverage.map((one) => (
          <Region key={`${one.account} ${one.region}`} coverage={one} span={span} />
        ))}
      </ul>
      {forgotten && (
        <p className="mt-3 text-xs text-ink-2">
          Events from before <Time iso={forgotten.before} precision="minute" bare /> were deleted on{' '}
          <Time iso={forgotten.at} precision="minute" bare />, because they are kept no longer
          (Settings, Events).
        </p>
      )}
      <p className="mt-3 text-xs text-ink-3">
        CloudTrail answers two requests a second for its event history in each account and Region,
        which all tools share; Claviger takes {quotaPercent} % of that (Settings), of the practice
        account’s all, as nobody else is there. A first pass asks for each of two dozen changes by
        its name and for up to 40 pages of other calls; later ones only for what is new since an
        hour before the last. A sweep that is cancelled or cut off goes on where it was. Events
        arrive up to a quarter of an hour late.
      </p>
    </Dialog>
  );
}

function Region({
  coverage,
  span,
}: {
  coverage: Coverage;
  span: { readonly from: number; readonly to: number };
}) {
  const { account, region, events, oldest, newest, lagSeconds, sources, gaps, problem } = coverage;
  const { lookedUpUntil, unfinished } = coverage;
  return (
    <li className="px-4 py-3 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="font-semibold">{region}</b>
        <span className="text-xs text-ink-2">{account}</span>
        {problem && (
          <Badge tone="fail" icon={TriangleAlert}>
            Not read
          </Badge>
        )}
        {unfinished && <Badge tone="stale">Sweep not finished</Badge>}
        {gaps.length > 0 && (
          <Badge tone="stale">{gaps.length === 1 ? 'A gap' : `${gaps.length} gaps`}</Badge>
        )}
        <span className="ml-auto text-xs text-ink-2 tabular-nums">
          {events.toLocaleString('en')} events
          {sources.length > 0 && ` from ${sourceWords(sources)}`}
        </span>
      </p>
      <CoverageBar coverage={coverage} span={span} />
      <p className="mt-1 flex flex-wrap gap-x-4 text-xs text-ink-2">
        {oldest && newest && (
          <span>
            <Time iso={oldest} precision="minute" bare /> to{' '}
            <Time iso={newest} precision="minute" bare />
          </span>
        )}
        {lagSeconds !== undefined && <span>newest event {agoWords(lagSeconds)} ago</span>}
        {lookedUpUntil && (
          <span>
            event history asked up to <Time iso={lookedUpUntil} precision="minute" bare />
          </span>
        )}
      </p>
      {gaps.map(({ from, to, why }) => (
        <p key={from} className="mt-1 text-xs text-stale">
          Gap from <Time iso={from} precision="minute" bare /> to{' '}
          <Time iso={to} precision="minute" bare />: {why}
        </p>
      ))}
      {problem && <p className="mt-1 text-xs text-fail">{problem}</p>}
    </li>
  );
}
