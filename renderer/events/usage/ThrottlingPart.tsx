import { Gauge } from 'lucide-react';
import { useStore } from 'zustand';
import {
  cloudTrailIsNoProof,
  type QuotaUse,
  type ThrottlingReport,
} from '../../../shared/model/events/throttling/report';
import { eventQuerySchema, type EventQuery } from '../../../shared/model/events/query';
import { compareVerdicts } from '../../../shared/model/verdict';
import { useApp } from '../../app';
import { Button, ErrorPanel, Identifier, Progress, Time, VerdictBadge } from '../../ui';
import { QuotaChart } from './QuotaChart';

/** How near calls came to AWS's request quotas, and which throttled calls the log tells of. */
export function ThrottlingPart({
  onShow,
}: {
  /** Shows events in the list. */
  onShow: (query: EventQuery) => void;
}) {
  const { usage } = useApp();
  const { throttling, checking, throttlingError, checkThrottling, cancel } = useStore(usage);
  return (
    <section aria-label="Request quotas" className="mt-8 border-t pt-5">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-sm font-semibold">Request quotas</h2>
        <div className="ml-auto flex items-center gap-2">
          {checking && (
            <>
              <div className="w-32">
                <Progress
                  label="Asking CloudWatch"
                  value={checking.expected > 0 ? checking.done : null}
                  max={checking.expected}
                />
              </div>
              <Button variant="ghost" onClick={cancel}>
                Cancel
              </Button>
            </>
          )}
          <Button icon={Gauge} busy={Boolean(checking)} onClick={() => void checkThrottling()}>
            {throttling ? 'Check again' : 'Check the quotas'}
          </Button>
        </div>
      </div>
      <p className="mt-1 max-w-180 text-xs text-ink-2">
        AWS counts KMS calls by the minute and keeps the minutes for 15 days. Beside the account’s
        own quota they show how near throttling is, in the chosen accounts and Regions. Quotas hold
        for each second: a minute below its quota may have had seconds above. {cloudTrailIsNoProof}
      </p>
      {throttlingError && (
        <div className="mt-3">
          <ErrorPanel error={throttlingError} onRetry={() => void checkThrottling()} />
        </div>
      )}
      {throttling?.map((report) => (
        <Region key={`${report.connection} ${report.region}`} report={report} onShow={onShow} />
      ))}
    </section>
  );
}

function Region({
  report,
  onShow,
}: {
  report: ThrottlingReport;
  onShow: (query: EventQuery) => void;
}) {
  const { account, connection, region, asOf, uses, logged, from } = report;
  const told = toldOf(uses);
  const name = `${account ?? connection} ${region}`;
  return (
    <section className="mt-4" aria-label={`Request quotas of ${name}`}>
      <h3 className="text-xs text-ink-2">
        <b className="font-semibold text-ink">{region}</b> {account ?? connection}, as of{' '}
        <Time iso={asOf} precision="minute" bare />
      </h3>
      <ul className="mt-1.5 divide-y divide-line rounded-md border border-line bg-surface">
        {told.groups.map(({ id, label, use }) => (
          <li key={id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-60 flex-1">
              <p className="flex flex-wrap items-center gap-2 text-sm">
                <VerdictBadge value={use.verdict.value} />
                <span className="font-medium">{label}</span>
                {use.quota && (
                  <span className="text-xs text-ink-3">
                    {use.quota.perSecond.toLocaleString('en')} a second
                    {use.quota.from === 'default' && ' by default'}
                  </span>
                )}
              </p>
              <p className="mt-1 max-w-180 text-sm text-ink-2">{use.verdict.reason}</p>
              {use.verdict.remedy && (
                <p className="mt-1 max-w-180 text-xs text-ink-2">{use.verdict.remedy}</p>
              )}
              <Permission permission={use.verdict.permission} />
            </div>
            <QuotaChart resource={use.resource} days={use.days} />
          </li>
        ))}
        <li className="flex flex-wrap items-start gap-4 px-4 py-3">
          <div className="min-w-60 flex-1">
            <p className="flex flex-wrap items-center gap-2 text-sm">
              <VerdictBadge value={logged.verdict.value} />
              <span className="font-medium">Throttled calls in the stored events</span>
            </p>
            <p className="mt-1 max-w-180 text-sm text-ink-2">
              {logged.verdict.reason}
              {logged.earlier > 0 &&
                ` Before that: ${logged.earlier.toLocaleString('en')}, the last on ${logged.last?.slice(0, 10) ?? 'an unknown day'}.`}
            </p>
          </div>
          {logged.count + logged.earlier > 0 && (
            <Button
              variant="ghost"
              onClick={() => onShow(throttledIn(report, logged.count > 0 ? from : undefined))}
            >
              Show events
            </Button>
          )}
        </li>
        {told.quiet.length > 0 && <li className="px-4 py-2 text-xs text-ink-3">{told.quiet}</li>}
      </ul>
    </section>
  );
}

function Permission({ permission }: { permission: string | undefined }) {
  if (permission === undefined) return null;
  return (
    <p className="mt-1 flex items-center gap-1 text-xs text-ink-2">
      Needs <Identifier value={permission} label="Permission" />
    </p>
  );
}

interface Told {
  readonly groups: { readonly id: string; readonly label: string; readonly use: QuotaUse }[];
  /** Those that need no line of their own, in a sentence. */
  readonly quiet: string;
}

/** What needs a person first; one line where one refusal holds for all; the idle ones in a sentence. */
function toldOf(uses: readonly QuotaUse[]): Told {
  const [first] = uses;
  const refused =
    first &&
    uses.every(
      ({ verdict }) => verdict.value === 'cannot-tell' && verdict.reason === first.verdict.reason,
    );
  if (refused) {
    const label = `All ${uses.length} request quotas`;
    return { groups: [{ id: 'all', label, use: first }], quiet: '' };
  }
  const isQuiet = ({ verdict, peak }: QuotaUse) =>
    verdict.value === 'not-applicable' || (verdict.value === 'pass' && !peak);
  const idle = uses.filter(({ verdict }) => verdict.value === 'not-applicable').length;
  const low = uses.filter((use) => isQuiet(use)).length - idle;
  const quiet = [
    low > 0 && `${low} more quotas: less than 1 % used in any minute.`,
    idle > 0 && `${idle} quotas: no call counted.`,
  ].filter((text) => text !== false);
  return {
    groups: uses
      .filter((use) => !isQuiet(use))
      .toSorted(
        (a, b) =>
          compareVerdicts(a.verdict.value, b.verdict.value) ||
          (b.peak?.share ?? 0) - (a.peak?.share ?? 0),
      )
      .map((use) => ({ id: use.resource, label: use.resource, use })),
    quiet: quiet.join(' '),
  };
}

function throttledIn({ account, region }: ThrottlingReport, since: string | undefined): EventQuery {
  return eventQuerySchema.parse({
    filters: {
      outcome: ['throttled'],
      region: [region],
      ...(account !== undefined && { account: [account] }),
    },
    since,
  });
}
