import { GitCompareArrows, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Severity } from '../../../shared/model/events/findings';
import { notCovered } from '../../../shared/model/events/notCovered';
import { watchRules, type WatchRuleId } from '../../../shared/model/events/watch/rules';
import { useApp } from '../../app';
import {
  Button,
  Checkbox,
  EmptyState,
  ErrorPanel,
  FilterChip,
  Loading,
  Segmented,
  Spinner,
} from '../../ui';
import { NothingFound } from '../covered/NothingFound';
import { AlertDrawer } from './AlertDrawer';
import { countsOf, shownAlerts, type FilterName } from './alertFilter';
import { AlertList } from './AlertList';
import { DriftView } from './DriftView';
import { RulesDialog } from './RulesDialog';
import { severityLooks } from './watchWords';

const spans = [
  { value: '7', label: '7 d' },
  { value: '30', label: '30 d' },
  { value: '90', label: '90 d' },
  { value: 'Infinity', label: 'All' },
];

/** Dangerous changes and unusual uses, the gravest first; what changed on keys between inventories. */
export function WatchView({
  open,
  onOpen,
  onShowEvent,
}: {
  /** The id of the alert whose drawer is open. */
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
  onShowEvent: (eventId: string) => void;
}) {
  const { watch, events } = useApp();
  const { report, looking, error, filter, look, setFilter } = useStore(watch);
  const stored = useStore(events, (state) => state.stored);
  const missing = notCovered(useStore(events, (state) => state.coverage)).length;
  const [part, setPart] = useState<'alerts' | 'drift'>('alerts');
  const [rules, setRules] = useState(false);
  useEffect(() => {
    // Events that were taken in meanwhile count too.
    if (stored !== undefined) void look();
  }, [look, stored]);

  const alerts = report ? shownAlerts(report, filter) : [];
  const alert = report?.alerts.find(({ id }) => id === open);
  const chip = (
    name: FilterName,
    label: string,
    valueOf: (each: (typeof alerts)[number]) => string,
    wordOf: (value: string) => string,
  ) =>
    report && (
      <FilterChip
        label={label}
        options={countsOf(report, filter, name, valueOf).map(({ value, count }) => ({
          value,
          count,
          label: wordOf(value),
        }))}
        selected={filter[name]}
        onChange={(values) => setFilter({ [name]: values })}
      />
    );

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <search
        aria-label="Filter alerts"
        className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b bg-canvas px-3 py-1"
      >
        <Segmented
          label="Part of the watch"
          value={part}
          segments={[
            { value: 'alerts', label: 'Alerts' },
            { value: 'drift', label: 'Drift' },
          ]}
          onChange={setPart}
        />
        {part === 'alerts' && (
          <>
            {chip(
              'severities',
              'Severity',
              ({ severity }) => severity,
              (value) => severityLooks[value as Severity].word,
            )}
            {chip(
              'rules',
              'Rule',
              ({ rule }) => rule,
              (value) => watchRules[value as WatchRuleId].title,
            )}
            {chip(
              'accounts',
              'Account',
              ({ account }) => account,
              (value) => value,
            )}
            <Checkbox
              checked={filter.acknowledged}
              onChange={(acknowledged) => setFilter({ acknowledged })}
            >
              <span className="text-xs text-ink-2">Acknowledged too</span>
            </Checkbox>
          </>
        )}
        <div className="ml-auto flex h-7 shrink-0 items-center gap-1">
          {looking && (
            <output className="flex items-center gap-1 text-xs text-ink-2">
              <Spinner /> Looking
            </output>
          )}
          {part === 'alerts' && report && (
            <>
              <output aria-live="polite" className="px-1 text-xs whitespace-nowrap text-ink-2">
                <b className="font-semibold text-ink">{alerts.length.toLocaleString('en')}</b> of{' '}
                {(report.alerts.length + report.more).toLocaleString('en')}
                <span className="sr-only"> alerts</span>
              </output>
              <Segmented
                label="Time"
                value={String(filter.days)}
                segments={spans}
                onChange={(days) => setFilter({ days: Number(days) })}
              />
            </>
          )}
          <Button icon={SlidersHorizontal} onClick={() => setRules(true)}>
            Rules
          </Button>
        </div>
      </search>
      {error && (
        <div className="p-4">
          <ErrorPanel error={error} onRetry={() => void look()} />
        </div>
      )}
      {!report && !error && <Loading label="Looking through the events" rows={10} />}
      {part === 'drift' && <DriftView onShowEvent={onShowEvent} />}
      {part === 'alerts' && report && (
        <>
          <Limits />
          <div className="relative flex min-h-0 flex-1">
            {report.alerts.length === 0 ? (
              <NothingFound what="No alert" looked={report.events} missing={missing}>
                {report.events.toLocaleString('en')} stored events were looked at. The watch does
                not see uses of keys that no source brought, changes of IAM policies, or data
                events.
              </NothingFound>
            ) : alerts.length === 0 ? (
              <EmptyState icon={GitCompareArrows} title="No alert matches what is chosen above">
                {report.events.toLocaleString('en')} stored events were looked at.
              </EmptyState>
            ) : (
              <AlertList alerts={alerts} openId={alert?.id} onOpen={({ id }) => onOpen(id)} />
            )}
            {alert && (
              <AlertDrawer
                key={alert.id}
                alert={alert}
                onClose={() => onOpen(undefined)}
                onShowEvent={onShowEvent}
              />
            )}
          </div>
        </>
      )}
      {rules && <RulesDialog onClose={() => setRules(false)} />}
    </div>
  );
}

/** What the report cannot say, in one line; nothing where there is no such limit. */
function Limits() {
  const report = useStore(useApp().watch, (state) => state.report);
  if (!report) return null;
  const { learning, unreadable } = report;
  const lines = [
    learning.length > 0 &&
      `Still learning what is usual in ${learning
        .slice(0, 3)
        .map(({ region, until }) => `${region} (until ${until.slice(0, 10)})`)
        .join(
          ', ',
        )}${learning.length > 3 ? ` and ${learning.length - 3} more` : ''}: no use is unusual there before.`,
    unreadable.length > 0 &&
      `${unreadable.length === 1 ? 'One change does' : `${unreadable.length} changes do`} not show what was changed.`,
  ].filter((line) => line !== false);
  if (lines.length === 0) return null;
  return (
    <p className="shrink-0 border-b bg-sunken px-4 py-1.5 text-xs text-ink-2">{lines.join(' ')}</p>
  );
}
