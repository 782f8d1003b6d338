import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { cx } from './cx';

/** A column's head: its name, and the look that its cells share, such as when they are left out. */
export type RowTableHead = readonly [name: string, look?: string];

/** What a row is known by, and what copying it gives. */
export interface RowTableRow {
  readonly seq: number;
  readonly copy: string;
}

/**
 * A long list as a virtual table. One row has the focus; `j`, `k` and arrows move it, Enter opens; what
 * is open follows the focus. `onEnd` is called when the last rows come into sight and there are more.
 */
export function RowTable<T>({
  label,
  heads,
  columns,
  minWidth,
  rowHeight,
  items,
  rowOf,
  copyLabel,
  renderCells,
  openSeq,
  onOpen,
  onEnd,
}: {
  label: string;
  heads: readonly RowTableHead[];
  /** The grid that head and rows share. */
  columns: string;
  minWidth: string;
  rowHeight: number;
  items: readonly T[];
  rowOf: (item: T) => RowTableRow;
  copyLabel: string;
  renderCells: (item: T) => ReactNode;
  openSeq: number | undefined;
  onOpen: (item: T) => void;
  onEnd?: (() => void) | undefined;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [activeSeq, setActiveSeq] = useState<number>();
  const wanted = openSeq ?? activeSeq;
  // Not with every frame of a scroll: the list may have a hundred thousand rows.
  const activeIndex = useMemo(
    () =>
      wanted === undefined
        ? 0
        : Math.max(
            0,
            items.findIndex((item) => rowOf(item).seq === wanted),
          ),
    [items, rowOf, wanted],
  );
  // oxlint-disable-next-line react/incompatible-library -- nothing of it goes into a memoised value
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useSteadyScroll(scroller, items, rowOf, rowHeight);
  // What was opened from elsewhere, such as the drawer, comes into sight; what is in sight stays.
  const showOpen = useEffectEvent(() => {
    if (openSeq !== undefined) virtual.scrollToIndex(activeIndex);
  });
  useEffect(() => showOpen(), [openSeq]);

  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastShown >= items.length - 20) onEnd?.();
  }, [lastShown, items.length, onEnd]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(activeIndex + step, 0), items.length - 1);
    const item = items[index];
    if (item === undefined) return;
    const { seq } = rowOf(item);
    setActiveSeq(seq);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => rowElement(scroller.current, seq)?.focus());
    if (openSeq !== undefined) onOpen(item);
  };

  return (
    <div ref={scroller} className="@container min-w-0 flex-1 overflow-auto">
      {/* Grid boxes on table elements: Chromium keeps their meaning for assistive technology. */}
      <table aria-label={label} aria-rowcount={items.length + 1} className={cx('block', minWidth)}>
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
          {rows.map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return undefined;
            const { seq, copy } = rowOf(item);
            return (
              <tr
                key={seq}
                aria-rowindex={index + 2}
                aria-current={seq === openSeq ? 'true' : undefined}
                data-seq={seq}
                data-copy={copy}
                data-copy-label={copyLabel}
                tabIndex={index === activeIndex ? 0 : -1}
                onClick={() => {
                  setActiveSeq(seq);
                  onOpen(item);
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') onOpen(item);
                  else onKeyDown(event);
                }}
                style={{ transform: `translateY(${start}px)`, height: rowHeight }}
                className={cx(
                  columns,
                  'absolute inset-x-0 top-0 border-b text-sm outline-offset-[-2px]',
                  seq === openSeq ? 'bg-selected' : 'hover:bg-hover',
                )}
              >
                {renderCells(item)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Keeps what is in sight in its place while rows come in above it, unless the top is in sight. */
function useSteadyScroll<T>(
  scroller: { readonly current: HTMLElement | null },
  items: readonly T[],
  rowOf: (item: T) => RowTableRow,
  rowHeight: number,
): void {
  const top = useRef<number>(undefined);
  useLayoutEffect(() => {
    const before = top.current;
    const first = items[0];
    top.current = first === undefined ? undefined : rowOf(first).seq;
    const element = scroller.current;
    if (!element || before === undefined || element.scrollTop < rowHeight) return;
    const added = items.findIndex((item) => rowOf(item).seq === before);
    if (added > 0) element.scrollBy(0, added * rowHeight);
  }, [scroller, items, rowOf, rowHeight]);
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
