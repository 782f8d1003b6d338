import { memo } from 'react';
import { known } from '../../shared/model/facet';
import type { KeyCell } from '../../shared/model/keyColumns';
import type { KeyView } from '../../shared/model/keyLens';
import {
  cx,
  formatTime,
  inks,
  stateLook,
  VerdictBadge,
  verdictLooks,
  type StatusLook,
} from '../ui';
import { ChangeMark } from './ChangeMark';
import type { TableColumn } from './columns';
import type { GridRow } from '../dataGrid/DataGrid';

/**
 * One row of the table. Thousands are made while scrolling: no closures, no tooltips, no focusable
 * parts; the grid around it handles clicks and keys by `data-index`.
 */
export const KeyTableRow = memo(function KeyTableRow({
  view,
  domId,
  index,
  top,
  columns,
  span,
  selected,
  active,
  open,
  timeZone,
}: {
  view: KeyView;
  columns: readonly TableColumn[];
  timeZone: 'utc' | 'local';
} & Omit<GridRow, 'key'>) {
  const gone = view.row.change?.kind === 'gone';
  const name = columns[0];
  return (
    <tr
      id={domId}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      className={cx(
        'dg-row',
        selected && 'is-selected',
        open && 'is-open',
        active && 'is-active',
        gone && 'is-gone',
      )}
      style={{ top }}
    >
      <td
        aria-colindex={1}
        className="dg-cell dg-select"
        aria-label={selected ? 'Selected' : 'Not selected'}
      >
        <span aria-hidden className="dg-box" data-select />
      </td>
      {name && <NameCell view={view} cell={name.cell(view)} />}
      {columns.slice(span.from, span.to).map((column, offset) => (
        <Cell
          key={column.id}
          column={column}
          position={span.from + offset}
          jump={offset === 0 && span.from > 1}
          cell={column.cell(view)}
          view={view}
          timeZone={timeZone}
        />
      ))}
    </tr>
  );
});

function Cell({
  column,
  position,
  jump,
  cell,
  view,
  timeZone,
}: {
  column: TableColumn;
  /** Counted from 0 among the columns that the operator has chosen. */
  position: number;
  /** Columns before it are left out: it says itself where it stands. */
  jump: boolean;
  cell: KeyCell;
  view: KeyView;
  timeZone: 'utc' | 'local';
}) {
  const look = statusOf(column, cell, view);
  const text = look ? look.word : textOf(column, cell, timeZone);
  const Icon = look?.icon;
  return (
    <td
      aria-colindex={position + 2}
      className={cellClass(column, cell, text, look)}
      style={jump ? { gridColumnStart: position + 2 } : undefined}
      title={titleOf(column, cell, view)}
    >
      {Icon && <Icon aria-hidden size={13} strokeWidth={2.25} className={inks[look.tone]} />}
      {text}
    </td>
  );
}

/** A cell is one element, and one more for an icon: what a row costs decides how smoothly it scrolls. */
function cellClass(
  column: TableColumn,
  cell: KeyCell,
  text: string,
  look: StatusLook | undefined,
): string {
  const room = column.width - cellPadding - (look ? iconRoom : 0);
  const cut = text.length * wideLetter > room && 'dg-cut';
  // What is as it should be needs no colour in the word.
  if (look) {
    const plain = column.id === 'state' && look.tone === 'pass';
    return cx('dg-cell dg-status', cut, !plain && inks[look.tone]);
  }
  const dim = cell.status !== 'known';
  return cx(
    'dg-cell',
    cut,
    column.type === 'number' && 'dg-number',
    dim && 'dg-dim',
    !dim && (column.id === 'keyId' || column.id === 'account') && 'dg-mono',
    !dim && column.id === 'overdue' && 'key-late',
  );
}

/** Pixels. A text of so wide letters that fits needs no clip. */
const wideLetter = 8;
const cellPadding = 16;
const iconRoom = 19;

function textOf(column: TableColumn, cell: KeyCell, timeZone: 'utc' | 'local'): string {
  if (column.id === 'verdict') return 'Gone';
  if (cell.status === 'pending') return 'reading';
  if (cell.status === 'not-applicable') return 'n/a';
  if (column.type !== 'date' || !cell.text) return cell.text;
  return formatTime(new Date(cell.text), timeZone, 'date');
}

/** The icon, word and colour of a cell that is a status; undefined where it is a text. */
function statusOf(column: TableColumn, cell: KeyCell, view: KeyView): StatusLook | undefined {
  // What a key was like when it was last there is no reading of today.
  const gone = view.row.change?.kind === 'gone';
  if (column.id === 'verdict') return gone ? undefined : verdictLooks[view.overall];
  if (column.id === 'rotation' && !gone) {
    const look = verdictLooks[view.verdicts.rotation.value];
    return cell.status === 'known' ? { ...look, word: rotationWord(view, cell) } : look;
  }
  if (cell.status === 'cannot-tell') return verdictLooks['cannot-tell'];
  if (column.id === 'state' && !gone && cell.status === 'known') return stateLook(cell.text);
  return undefined;
}

/** The first cell names the key, and says what happened to it. */
function NameCell({ view, cell }: { view: KeyView; cell: KeyCell }) {
  const { change } = view.row;
  return (
    <th scope="row" aria-colindex={2} className="dg-cell dg-first" title={cell.text || undefined}>
      {change && <ChangeMark kind={change.kind} />}
      {cell.status === 'known' ? (
        <span className={cx('dg-text', !cell.text && 'dg-dim')}>
          {withoutPrefix(cell.text) || 'no alias'}
        </span>
      ) : cell.status === 'pending' ? (
        <span className="dg-dim">reading</span>
      ) : (
        <VerdictBadge plain value={cell.status} />
      )}
    </th>
  );
}

/** Every alias begins with `alias/`: the column's title says it already. */
function withoutPrefix(aliases: string): string {
  return aliases.replace(/(^|, )alias\//g, '$1');
}

/** A key of AWS's own rotates as AWS decides: that it is on is AWS's doing. */
function rotationWord({ row }: KeyView, { text }: KeyCell): string {
  return known(row.metadata)?.keyManager === 'AWS' ? `${text}, by AWS` : text;
}

function titleOf(column: TableColumn, cell: KeyCell, view: KeyView): string | undefined {
  if (column.id === 'rotation') return view.verdicts.rotation.reason;
  return cell.text || undefined;
}
