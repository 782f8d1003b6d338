import { Zap } from 'lucide-react';
import type { PracticeRequest } from '../../shared/contract/practice';
import { useSettings } from '../app';
import { cx, RowTable, Time, useUi, type RowTableHead } from '../ui';
import { formatTime } from '../ui/Time';
import { OutcomeBadge } from './OutcomeBadge';

/** Time, operation, then Region and key, then the principal, as there is room; outcome, duration. */
const columns =
  'grid grid-cols-[60px_minmax(0,1fr)_104px_52px] items-center gap-3 px-3 @2xl:grid-cols-[60px_minmax(0,5fr)_96px_minmax(0,4fr)_104px_52px] @4xl:grid-cols-[136px_minmax(0,5fr)_96px_minmax(0,4fr)_minmax(0,3fr)_104px_52px]';
const middle = 'hidden @2xl:block';
const roomy = 'hidden @4xl:block';
const heads: readonly RowTableHead[] = [
  ['Time'],
  ['Operation'],
  ['Region', middle],
  ['Key', middle],
  ['Principal', roomy],
  ['Outcome'],
  ['Took', 'text-right'],
];

/** The requests, newest first. */
export function RequestList({
  requests,
  openSeq,
  onOpen,
}: {
  requests: readonly PracticeRequest[];
  openSeq: number | undefined;
  onOpen: (request: PracticeRequest) => void;
}) {
  const [{ density }] = useSettings();
  return (
    <RowTable
      label="Requests"
      heads={heads}
      columns={columns}
      minWidth="min-w-100"
      rowHeight={density === 'compact' ? 28 : 36}
      items={requests}
      rowOf={rowOf}
      copyLabel="Request id"
      renderCells={(request) => <Cells request={request} />}
      openSeq={openSeq}
      onOpen={onOpen}
    />
  );
}

const rowOf = ({ seq, requestId }: PracticeRequest) => ({ seq, copy: requestId });

function Cells({ request }: { request: PracticeRequest }) {
  const { timeZone } = useUi();
  const [service, name] = request.operation.split(':');
  return (
    <>
      <td className="text-ink-2 tabular-nums">
        <span className="@4xl:hidden" title={request.at}>
          {formatTime(new Date(request.at), timeZone, 'second').slice(11)}
        </span>
        <span className={roomy}>
          <Time iso={request.at} precision="second" bare />
        </span>
      </td>
      <td className="flex min-w-0 items-baseline gap-2 overflow-hidden">
        <span className="truncate" title={request.error ?? request.operation}>
          {name === undefined ? (
            request.operation
          ) : (
            <>
              <span className="text-ink-3">{service}:</span>
              <span className="font-medium">{name}</span>
            </>
          )}
        </span>
      </td>
      <td className={cx(middle, 'truncate text-ink-2')}>{request.region}</td>
      <td className={cx(middle, 'truncate font-mono text-xs text-ink-2')} title={request.key}>
        {shortKey(request.key)}
      </td>
      <td className={cx(roomy, 'truncate text-ink-2')} title={request.principal}>
        {request.principal?.split('/').at(-1)}
      </td>
      <td className="flex items-center gap-1">
        <OutcomeBadge outcome={request.outcome} />
        {request.fault && (
          <>
            <Zap aria-hidden size={12} className="shrink-0 text-practice" />
            <span className="sr-only">by a fault</span>
          </>
        )}
      </td>
      <td className="text-right text-xs text-ink-3 tabular-nums">
        {request.status !== undefined && `${durationText(request.durationMs)} ms`}
      </td>
    </>
  );
}

/** The part of a key's name by which it can be told: an ARN's end, all of anything else. */
function shortKey(key: string | undefined): string | undefined {
  return key?.startsWith('arn:')
    ? key
        .split(':')
        .slice(5)
        .join(':')
        .replace(/^key\//, '')
    : key;
}

function durationText(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en');
}
