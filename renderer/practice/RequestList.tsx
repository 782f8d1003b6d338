import { useVirtualizer } from '@tanstack/react-virtual';
import { Zap } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { PracticeRequest } from '../../shared/contract/practice';
import { useSettings } from '../app';
import { cx, Time, useUi } from '../ui';
import { formatTime } from '../ui/Time';
import { OutcomeBadge } from './OutcomeBadge';

/** Time, operation, then Region and key, then the principal, as there is room; outcome, duration. */
const columns =
  'grid grid-cols-[60px_minmax(0,1fr)_104px_52px] items-center gap-3 px-3 @2xl:grid-cols-[60px_minmax(0,5fr)_96px_minmax(0,4fr)_104px_52px] @4xl:grid-cols-[136px_minmax(0,5fr)_96px_minmax(0,4fr)_minmax(0,3fr)_104px_52px]';
const middle = 'hidden @2xl:block';
const roomy = 'hidden @4xl:block';

/**
 * The requests as a virtual table, newest first. What is looked at stays where it is while new ones
 * come in above. One row has the focus; `j`, `k` and arrows move it, Enter opens.
 */
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
  const rowHeight = density === 'compact' ? 28 : 36;
  const scroller = useRef<HTMLDivElement>(null);
  const [activeSeq, setActiveSeq] = useState<number>();
  const found = requests.findIndex(({ seq }) => seq === (activeSeq ?? openSeq));
  const activeIndex = Math.max(0, found);
  // oxlint-disable-next-line react/incompatible-library -- nothing of it goes into a memoised value
  const virtual = useVirtualizer({
    count: requests.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useSteadyScroll(scroller, requests, rowHeight);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(activeIndex + step, 0), requests.length - 1);
    const request = requests[index];
    if (!request) return;
    setActiveSeq(request.seq);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => rowElement(scroller.current, request.seq)?.focus());
    if (openSeq !== undefined) onOpen(request);
  };

  return (
    <div ref={scroller} className="@container min-w-0 flex-1 overflow-auto">
      <table aria-label="Requests" aria-rowcount={requests.length + 1} className="block min-w-100">
        <thead className="sticky top-0 z-1 block border-b bg-sunken">
          <tr aria-rowindex={1} className={cx(columns, 'h-7')}>
            {heads.map(([name, look]) => (
              <th key={name} scope="col" className={cx('text-left label-text', look)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const request = requests[index];
            return (
              request && (
                <tr
                  key={request.seq}
                  aria-rowindex={index + 2}
                  aria-current={request.seq === openSeq ? 'true' : undefined}
                  data-seq={request.seq}
                  data-copy={request.requestId}
                  data-copy-label="Request id"
                  tabIndex={index === activeIndex ? 0 : -1}
                  onClick={() => {
                    setActiveSeq(request.seq);
                    onOpen(request);
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter') onOpen(request);
                    else onKeyDown(event);
                  }}
                  style={{ transform: `translateY(${start}px)`, height: rowHeight }}
                  className={cx(
                    columns,
                    'absolute inset-x-0 top-0 border-b text-sm outline-offset-[-2px]',
                    request.seq === openSeq ? 'bg-selected' : 'hover:bg-hover',
                  )}
                >
                  <Cells request={request} />
                </tr>
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

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

/** Keeps what is in sight in its place while requests come in above it, unless the top is in sight. */
function useSteadyScroll(
  scroller: { readonly current: HTMLElement | null },
  requests: readonly PracticeRequest[],
  rowHeight: number,
): void {
  const top = useRef<number>(undefined);
  useLayoutEffect(() => {
    const before = top.current;
    top.current = requests[0]?.seq;
    const element = scroller.current;
    if (!element || before === undefined || element.scrollTop < rowHeight) return;
    const added = requests.findIndex(({ seq }) => seq === before);
    if (added > 0) element.scrollBy(0, added * rowHeight);
  }, [scroller, requests, rowHeight]);
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

function rowElement(scroller: HTMLElement | null, seq: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-seq="${seq}"]`) ?? null;
}

const heads: readonly (readonly [name: string, look: string | undefined])[] = [
  ['Time', undefined],
  ['Operation', undefined],
  ['Region', middle],
  ['Key', middle],
  ['Principal', roomy],
  ['Outcome', undefined],
  ['Took', 'text-right'],
];

const steps: Record<string, number> = {
  j: 1,
  ArrowDown: 1,
  k: -1,
  ArrowUp: -1,
  PageDown: 20,
  PageUp: -20,
  Home: -Infinity,
  End: Infinity,
};
