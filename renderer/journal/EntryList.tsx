import type { JournalEntry } from '../../shared/contract/journal';
import { useSettings } from '../app';
import { Badge, cx, RowTable, Time, type RowTableHead } from '../ui';
import { kindNames } from './KindFilter';
import { OutcomeBadge } from './OutcomeBadge';

/** Number, time, what, operator where there is room for it, kind, outcome. */
const columns =
  'grid grid-cols-[48px_144px_minmax(0,1fr)_80px_80px] items-center gap-4 px-4 @3xl:grid-cols-[48px_144px_minmax(0,1fr)_112px_80px_88px]';
const roomyOnly = 'hidden @3xl:block';
const heads: readonly RowTableHead[] = [
  ['No.'],
  ['Time'],
  ['What'],
  ['Operator', roomyOnly],
  ['Kind'],
  ['Outcome'],
];

/** The journal's entries; `onEnd` is called when the last come into sight and there are more. */
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
  return (
    <RowTable
      label="Journal entries"
      heads={heads}
      columns={columns}
      minWidth="min-w-140"
      rowHeight={density === 'compact' ? 28 : 36}
      items={entries}
      rowOf={rowOf}
      copyLabel="Entry hash"
      renderCells={(entry) => <Cells entry={entry} />}
      openSeq={openSeq}
      onOpen={onOpen}
      onEnd={onEnd}
    />
  );
}

const rowOf = ({ seq, hash }: JournalEntry) => ({ seq, copy: hash });

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
