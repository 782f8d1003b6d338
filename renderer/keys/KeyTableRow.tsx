import { memo, type ReactNode } from 'react';
import type { KeyCell } from '../../shared/model/keyColumns';
import type { KeyView } from '../../shared/model/keyLens';
import { cx, formatTime, StateBadge, VerdictBadge } from '../ui';
import { ChangeMark } from './ChangeMark';
import { rowDomId } from './rowDomId';
import type { TableColumn } from './columns';

/**
 * One row of the table. Thousands are made while scrolling: no closures, no tooltips, no focusable
 * parts; the grid around it handles clicks and keys by `data-index`.
 */
export const KeyTableRow = memo(function KeyTableRow({
  view,
  index,
  top,
  columns,
  selected,
  active,
  open,
  timeZone,
}: {
  view: KeyView;
  index: number;
  /** Distance from the top of the body in pixels. */
  top: number;
  columns: readonly TableColumn[];
  selected: boolean;
  active: boolean;
  open: boolean;
  timeZone: 'utc' | 'local';
}) {
  const gone = view.row.change?.kind === 'gone';
  return (
    <tr
      id={rowDomId(view.id)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      className={cx(
        'key-row',
        selected && 'is-selected',
        open && 'is-open',
        active && 'is-active',
        gone && 'is-gone',
      )}
      style={{ top }}
    >
      <td className="key-cell key-select" aria-label={selected ? 'Selected' : 'Not selected'}>
        <span aria-hidden className="key-box" data-select />
      </td>
      {columns.map((column, position) =>
        position === 0 ? (
          <NameCell key={column.id} view={view} cell={column.cell(view)} />
        ) : (
          <Cell
            key={column.id}
            column={column}
            cell={column.cell(view)}
            view={view}
            timeZone={timeZone}
          />
        ),
      )}
    </tr>
  );
});

function Cell({
  column,
  cell,
  view,
  timeZone,
}: {
  column: TableColumn;
  cell: KeyCell;
  view: KeyView;
  timeZone: 'utc' | 'local';
}) {
  return (
    <td className={cellClass(column, cell)} title={titleOf(column, cell, view)}>
      {content(column, cell, view, timeZone)}
    </td>
  );
}

/** A cell with text alone is one element: what a row costs decides how smoothly it scrolls. */
function cellClass(column: TableColumn, cell: KeyCell): string {
  const dim = cell.status === 'pending' || cell.status === 'not-applicable';
  return cx(
    'key-cell',
    column.type === 'number' && 'key-number',
    dim && 'key-dim',
    !dim && (column.id === 'keyId' || column.id === 'account') && 'key-mono',
    !dim && column.id === 'overdue' && 'key-late',
  );
}

function content(
  column: TableColumn,
  cell: KeyCell,
  view: KeyView,
  timeZone: 'utc' | 'local',
): ReactNode {
  // What a key was like when it was last there is no reading of today.
  const gone = view.row.change?.kind === 'gone';
  if (column.id === 'verdict') {
    return gone ? 'Gone' : <VerdictBadge plain value={view.overall} />;
  }
  if (column.id === 'rotation' && !gone) return <RotationCell view={view} cell={cell} />;
  if (cell.status === 'pending') return 'reading';
  if (cell.status === 'not-applicable') return 'n/a';
  if (cell.status === 'cannot-tell') return <VerdictBadge plain value="cannot-tell" />;
  if (column.id === 'state' && !gone) return <StateBadge state={cell.text} />;
  if (column.type === 'date' && cell.text) {
    return formatTime(new Date(cell.text), timeZone, 'date');
  }
  return cell.text;
}

/** The first cell names the key, and says what happened to it. */
function NameCell({ view, cell }: { view: KeyView; cell: KeyCell }) {
  const { change } = view.row;
  return (
    <th scope="row" className="key-cell key-first" title={cell.text || undefined}>
      {change && <ChangeMark kind={change.kind} />}
      {cell.status === 'known' ? (
        <span className={cx('key-text', !cell.text && 'key-dim')}>
          {withoutPrefix(cell.text) || 'no alias'}
        </span>
      ) : cell.status === 'pending' ? (
        <span className="key-dim">reading</span>
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

/** On or off in AWS's words, with the reading of the check as icon and colour. */
function RotationCell({ view, cell }: { view: KeyView; cell: KeyCell }) {
  const verdict = view.verdicts.rotation.value;
  return (
    <VerdictBadge plain value={verdict}>
      {cell.status === 'known' ? cell.text : undefined}
    </VerdictBadge>
  );
}

function titleOf(column: TableColumn, cell: KeyCell, view: KeyView): string | undefined {
  if (column.id === 'rotation') return view.verdicts.rotation.reason;
  return cell.text || undefined;
}
