import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { useStore } from 'zustand';
import { useApp, useSettings } from '../../app';
import { useSequenceGuard } from '../../dataGrid/gridKeys';
import { createRowSlots } from '../../dataGrid/rowSlots';
import { useTallRows } from '../../ui';
import { EventListRow, shareOf } from './EventListRow';
import { rowAt } from './eventPages';
import './list.css';

const headHeight = 28;
const heads = ['Time', 'Event', 'Outcome', 'Caller', 'Key', 'Region'];

/**
 * The matching events, newest first, however many: rows and pages are here only for what is in sight. The
 * grid has the focus and names the row on which the keyboard stands (WAI-ARIA grid with
 * aria-activedescendant), so that neither fast scrolling nor events that come in lose it.
 */
export function EventList({
  openId,
  onOpen,
  onPick,
}: {
  openId: string | undefined;
  onOpen: (index: number) => void;
  onPick: (eventId: string) => void;
}) {
  const { events } = useApp();
  const list = useStore(events, (state) => state.list);
  const opened = useStore(events, (state) => state.opened);
  const { look, inSight } = events.getState();
  const [{ density, timeZone }] = useSettings();
  const [slotsOf] = useState(createRowSlots);
  const [begin] = useState(() => inSight().first);
  /** Where the keyboard stands: a row keeps its number while others come in above it. */
  const [stand, setStand] = useState({ list: list.list, seq: 0 });
  const scroller = useRef<HTMLTableElement>(null);
  /** What the button went down on: another list may put another event under the pointer meanwhile. */
  const pressed = useRef<string>(undefined);
  const rowHeight = density === 'compact' ? 26 : 34;
  const { total, origin } = list;
  const rows = useTallRows(scroller, {
    count: total,
    rowHeight,
    head: headHeight,
    list: list.list,
    origin,
    begin,
  });
  const openSeq = opened?.eventId === openId ? opened?.seq : undefined;
  const activeSeq = openSeq ?? (stand.list === list.list ? stand.seq : -origin);
  const active = Math.min(Math.max(0, activeSeq + origin), Math.max(0, total - 1));

  const { top, bottom, show } = rows;
  useEffect(() => look({ first: top, last: bottom }), [look, top, bottom, list.reading]);
  // What was opened from elsewhere, such as the drawer, comes into sight; what is in sight stays.
  useLayoutEffect(() => {
    if (openSeq !== undefined) show(openSeq + origin);
    // oxlint-disable-next-line react/exhaustive-deps -- when another event opens or its drawer takes room, not when it moves
  }, [openId, openSeq === undefined, rows.width]);

  function standAt(index: number): void {
    setStand({ list: list.list, seq: index - origin });
  }

  const onKeyDown = useSequenceGuard((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      onOpen(active);
      return;
    }
    const step = stepOf(event.key, bottom - top - 1);
    if (step === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(active + step, 0), total - 1);
    standAt(index);
    show(index);
    if (openSeq !== undefined) onOpen(index);
  });

  /** The index of the row under the pointer; -1 where there is none. */
  function indexAt({ target }: MouseEvent): number {
    const row = (target as Element).closest('[data-index]');
    return Number(row?.getAttribute('data-index') ?? -1);
  }

  function onClick(event: MouseEvent): void {
    const index = indexAt(event);
    // A text that was just marked is being copied, not opened.
    if (index < 0 || getSelection()?.isCollapsed === false) return;
    standAt(index);
    // A click without a button, as a screen reader makes it, has no detail.
    if (event.detail > 0 && pressed.current !== undefined) onPick(pressed.current);
    else onOpen(index);
  }

  const indexes = Array.from({ length: rows.end - rows.first }, (_, i) => rows.first + i);
  const shown = active >= rows.first && active < rows.end;
  const slots = slotsOf(indexes);
  const share = shareOf(rows.width);
  return (
    <table
      ref={scroller}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA pattern for a table walked with the arrow keys
      role="grid"
      tabIndex={0}
      aria-label="Events"
      aria-rowcount={total + 1}
      aria-activedescendant={shown ? rowDomId(active) : undefined}
      data-copy={rowAt(list, active)?.eventId}
      data-copy-label="Event id"
      className="event-grid"
      onKeyDown={onKeyDown}
      onMouseDown={(event) => (pressed.current = rowAt(list, indexAt(event))?.eventId)}
      onClick={onClick}
      style={{ '--event-row': `${rowHeight}px` } as React.CSSProperties}
    >
      <thead className="event-head">
        <tr aria-rowindex={1} className="event-columns">
          {heads.map((name) => (
            <th key={name} scope="col" className="text-left label-text">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="event-body" style={{ height: rows.boxHeight }}>
        {indexes.map((index) => (
          <EventListRow
            key={slots.get(index)}
            id={rowDomId(index)}
            row={rowAt(list, index)}
            index={index}
            top={index * rowHeight - rows.lift}
            active={index === active}
            open={openSeq !== undefined && index === active}
            timeZone={timeZone}
            share={share}
          />
        ))}
      </tbody>
    </table>
  );
}

function rowDomId(index: number): string {
  return `event-row-${index}`;
}

/** Rows that a key moves by. */
function stepOf(key: string, pageRows: number): number | undefined {
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return 1;
    case 'k':
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return Math.max(1, pageRows);
    case 'PageUp':
      return -Math.max(1, pageRows);
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return undefined;
  }
}
