import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { JournalEntry } from '../../shared/contract/journal';
import { useSettings } from '../app';
import { Badge, cx, Time } from '../ui';
import { kindNames } from './KindFilter';
import { OutcomeBadge } from './OutcomeBadge';

/** Number, time, what, operator where there is room for it, kind, outcome. */
const columns =
  'grid grid-cols-[48px_144px_minmax(0,1fr)_80px_80px] items-center gap-4 px-4 @3xl:grid-cols-[48px_144px_minmax(0,1fr)_112px_80px_88px]';
const roomyOnly = 'hidden @3xl:block';

/**
 * The journal as a virtual table. One row has the focus; `j`, `k` and arrows move it, Enter opens.
 * `onEnd` is called when the last entries come into sight and there are more.
 */
export function EntryList({
  entries,
  openSeq,
  onOpen,
  onEnd,
}: {
  entries: readonly JournalEntry[];
  openSeq: number | undefined;
  onOpen: (entry: JournalEntry) => void;
  onEnd: (() => void) | undefined;
}) {
  const [{ density }] = useSettings();
  const rowHeight = density === 'compact' ? 28 : 36;
  const scroller = useRef<HTMLDivElement>(null);
  const [activeSeq, setActiveSeq] = useState<number>();
  const activeIndex = Math.max(
    0,
    entries.findIndex(({ seq }) => seq === (activeSeq ?? openSeq)),
  );
  // oxlint-disable-next-line react/incompatible-library -- nothing of it goes into a memoised value
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);

  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastShown >= entries.length - 20) onEnd?.();
  }, [lastShown, entries.length, onEnd]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(activeIndex + step, 0), entries.length - 1);
    const entry = entries[index];
    if (!entry) return;
    setActiveSeq(entry.seq);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => rowElement(scroller.current, entry.seq)?.focus());
    if (openSeq !== undefined) onOpen(entry);
  };

  return (
    <div ref={scroller} className="@container min-w-0 flex-1 overflow-auto">
      {/* Grid boxes on table elements: Chromium keeps their meaning for assistive technology. */}
      <table
        aria-label="Journal entries"
        aria-rowcount={entries.length + 1}
        className="block min-w-140"
      >
        <thead className="sticky top-0 z-1 block border-b bg-sunken">
          <tr aria-rowindex={1} className={cx(columns, 'h-7')}>
            {['No.', 'Time', 'What', 'Operator', 'Kind', 'Outcome'].map((name) => (
              <th
                key={name}
                scope="col"
                className={cx('text-left label-text', name === 'Operator' && roomyOnly)}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const entry = entries[index];
            return (
              entry && (
                <tr
                  key={entry.seq}
                  aria-rowindex={index + 2}
                  aria-current={entry.seq === openSeq ? 'true' : undefined}
                  data-seq={entry.seq}
                  data-copy={entry.hash}
                  data-copy-label="Entry hash"
                  tabIndex={index === activeIndex ? 0 : -1}
                  onClick={() => {
                    setActiveSeq(entry.seq);
                    onOpen(entry);
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter') onOpen(entry);
                    else onKeyDown(event);
                  }}
                  style={{ transform: `translateY(${start}px)`, height: rowHeight }}
                  className={cx(
                    columns,
                    'absolute inset-x-0 top-0 border-b text-sm outline-offset-[-2px]',
                    entry.seq === openSeq ? 'bg-selected' : 'hover:bg-hover',
                  )}
                >
                  <Cells entry={entry} />
                </tr>
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cells({ entry }: { entry: JournalEntry }) {
  return (
    <>
      <td className="text-ink-3">{entry.seq}</td>
      <td className="text-ink-2">
        <Time iso={entry.at} precision="second" bare />
      </td>
      <td className="flex min-w-0 items-baseline gap-3 overflow-hidden">
        <span className="truncate font-medium">{entry.what}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-ink-3">{factsLine(entry.facts)}</span>
      </td>
      <td className={cx(roomyOnly, 'truncate text-ink-2')}>{entry.operator}</td>
      <td className="flex">
        <Badge tone={entry.kind === 'aws-write' ? 'info' : 'quiet'}>{kindNames[entry.kind]}</Badge>
      </td>
      <td className="flex">
        <OutcomeBadge outcome={entry.outcome} />
      </td>
    </>
  );
}

/** The facts of an entry in one line. */
export function factsLine(facts: JournalEntry['facts']): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}

function rowElement(scroller: HTMLElement | null, seq: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-seq="${seq}"]`) ?? null;
}

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
