import { memo } from 'react';
import type { EventRow } from '../../../shared/model/events/event';
import { cx, formatTime, inks, localOffset } from '../../ui';
import { causeWords, outcomeLooks, shortKey } from '../eventWords';

/** What one share of a list of a width is, in pixels: the columns of texts have 1 to 1.2 of 4.5 (list.css). */
export function shareOf(width: number): number {
  const fixed = 152 + 112 + 5 * 16 + 2 * 16;
  return Math.floor((Math.max(720, width) - fixed) / 4.5);
}

/**
 * One event of the list. Rows are made by the thousand while scrolling: no closures, nothing focusable;
 * the grid around it handles clicks and keys by `data-index`. Without a row its page is being read.
 */
export const EventListRow = memo(function EventListRow({
  id,
  row,
  index,
  top,
  active,
  open,
  timeZone,
  share,
}: {
  id: string;
  row: EventRow | undefined;
  index: number;
  /** Distance from the top of the body in pixels. */
  top: number;
  active: boolean;
  open: boolean;
  timeZone: 'utc' | 'local';
  /** As shareOf gives it. */
  share: number;
}) {
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-current={open ? 'true' : undefined}
      data-index={index}
      className={cx('event-row event-columns', active && 'is-active', open && 'is-open')}
      style={{ top }}
    >
      {row ? (
        <Cells row={row} timeZone={timeZone} share={share} />
      ) : (
        <td className="event-cell event-wait" aria-label="Being read" />
      )}
    </tr>
  );
});

function Cells({
  row,
  timeZone,
  share,
}: {
  row: EventRow;
  timeZone: 'utc' | 'local';
  share: number;
}) {
  const look = outcomeLooks[row.outcome];
  const Icon = look.icon;
  const at = new Date(row.at);
  const key = row.keys[0];
  return (
    <>
      <td
        className="event-cell event-dim"
        title={`${row.at}, local ${formatTime(at, 'local', 'second')} ${localOffset(at)}`}
      >
        {formatTime(at, timeZone, 'second')}
      </td>
      <td className={cx('event-cell event-name', cut(row.name, 1.1 * share))} title={row.source}>
        {row.name}
      </td>
      <td className={cx('event-cell event-outcome', row.outcome !== 'ok' && inks[look.tone])}>
        <Icon aria-hidden size={13} className={inks[look.tone]} />
        <Outcome text={row.cause ? causeWords[row.cause] : look.word} room={share - iconRoom} />
      </td>
      <td className={cx('event-cell', cut(row.caller, 1.2 * share))} title={row.callerArn}>
        {row.caller}
      </td>
      <td
        className={cx('event-cell event-mono', key && cut(shortKey(key), 1.2 * share))}
        title={key}
      >
        {key && shortKey(key)}
      </td>
      <td className="event-cell event-dim">{row.region}</td>
    </>
  );
}

function Outcome({ text, room }: { text: string; room: number }) {
  const clip = cut(text, room);
  return clip ? <span className={clip}>{text}</span> : text;
}

/** Pixels. A text of so wide letters that fits needs no clip: every clipped cell costs at each step of scrolling. */
const wideLetter = 7.5;
const iconRoom = 19;

function cut(text: string, room: number): string | undefined {
  return text.length * wideLetter > room ? 'event-cut' : undefined;
}
