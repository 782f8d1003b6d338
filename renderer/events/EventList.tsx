import type { EventRow } from '../../shared/model/events/event';
import { useSettings } from '../app';
import { cx, inks, RowTable, Time, type RowTableHead } from '../ui';
import { causeWords, outcomeLooks, shortKey } from './eventWords';

/** Time, event, outcome, caller, key, region. */
const columns =
  'grid grid-cols-[152px_minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1.2fr)_112px] items-center gap-4 px-4';
const heads: readonly RowTableHead[] = [
  ['Time'],
  ['Event'],
  ['Outcome'],
  ['Caller'],
  ['Key'],
  ['Region'],
];

/** An event with its place in the list, counted from 1. */
interface Numbered {
  readonly seq: number;
  readonly row: EventRow;
}

/** The matching events; `onEnd` is called when the last come into sight and there are more. */
export function EventList({
  rows,
  openId,
  onOpen,
  onEnd,
}: {
  rows: readonly EventRow[];
  openId: string | undefined;
  onOpen: (row: EventRow) => void;
  onEnd: (() => void) | undefined;
}) {
  const [{ density }] = useSettings();
  const items = rows.map((row, index): Numbered => ({ seq: index + 1, row }));
  const open = items.find(({ row }) => row.eventId === openId)?.seq;
  return (
    <RowTable
      label="Events"
      heads={heads}
      columns={columns}
      minWidth="min-w-180"
      rowHeight={density === 'compact' ? 26 : 34}
      items={items}
      rowOf={rowOf}
      copyLabel="Event id"
      renderCells={({ row }) => <Cells row={row} />}
      openSeq={open}
      onOpen={({ row }) => onOpen(row)}
      onEnd={onEnd}
    />
  );
}

const rowOf = ({ seq, row }: Numbered) => ({ seq, copy: row.eventId });

function Cells({ row }: { row: EventRow }) {
  const look = outcomeLooks[row.outcome];
  const Icon = look.icon;
  return (
    <>
      <td className="text-ink-2">
        <Time iso={row.at} precision="second" bare />
      </td>
      <td className="truncate font-medium" title={row.source}>
        {row.name}
      </td>
      <td
        className={cx('flex min-w-0 items-center gap-1.5', row.outcome !== 'ok' && inks[look.tone])}
      >
        <Icon aria-hidden size={13} className={cx('shrink-0', inks[look.tone])} />
        <span className="truncate">{row.cause ? causeWords[row.cause] : look.word}</span>
      </td>
      <td className="truncate" title={row.callerArn}>
        {row.caller}
      </td>
      <td className="truncate font-mono text-xs text-ink-2" title={row.keys[0]}>
        {row.keys[0] ? shortKey(row.keys[0]) : ''}
      </td>
      <td className="truncate text-ink-2">{row.region}</td>
    </>
  );
}
