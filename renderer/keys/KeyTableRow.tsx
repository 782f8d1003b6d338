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
      style={{ transform: `translateY(${top}px)` }}
    >
      <td className="key-cell key-select" aria-label={selected ? 'Selected' : 'Not selected'}>
        <span aria-hidden className="key-box" data-select />
      </td>
      {columns.map((column, position) => (
        <Cell
          key={column.id}
          column={column}
          cell={column.cell(view)}
          view={view}
          first={position === 0}
          timeZone={timeZone}
        />
      ))}
    </tr>
  );
});

function Cell({
  column,
  cell,
  view,
  first,
  timeZone,
}: {
  column: TableColumn;
  cell: KeyCell;
  view: KeyView;
  first: boolean;
  timeZone: 'utc' | 'local';
}) {
  const Tag = first ? 'th' : 'td';
  return (
    <Tag
      scope={first ? 'row' : undefined}
      className={cx('key-cell', first && 'key-first', column.type === 'number' && 'key-number')}
      title={titleOf(column, cell, view)}
    >
      {first && view.row.change && <ChangeMark kind={view.row.change.kind} />}
      {content(column, cell, view, timeZone)}
    </Tag>
  );
}

function content(
  column: TableColumn,
  cell: KeyCell,
  view: KeyView,
  timeZone: 'utc' | 'local',
): ReactNode {
  // What a key was like when it was last there is no reading of today.
  if (view.row.change?.kind === 'gone' && column.type === 'text') {
    const text = column.id === 'verdict' ? 'Gone' : withoutPrefix(cell.text);
    return <span className="key-text">{text}</span>;
  }
  if (column.id === 'verdict') return <VerdictBadge plain value={view.overall} />;
  if (column.id === 'rotation') return <RotationCell view={view} cell={cell} />;
  if (cell.status === 'pending') return <span className="key-dim">reading</span>;
  if (cell.status === 'not-applicable') return <span className="key-dim">n/a</span>;
  if (cell.status === 'cannot-tell') return <VerdictBadge plain value="cannot-tell" />;
  switch (column.id) {
    case 'alias':
      return cell.text ? (
        <span className="key-text">{withoutPrefix(cell.text)}</span>
      ) : (
        <span className="key-text key-dim">no alias</span>
      );
    case 'state':
      return <StateBadge state={cell.text} />;
    case 'keyId':
    case 'account':
      return <span className="key-text key-mono">{cell.text}</span>;
    case 'overdue':
      return <span className="key-text key-late">{cell.text}</span>;
    default:
      if (column.type === 'date' && cell.text) {
        return formatTime(new Date(cell.text), timeZone, 'date');
      }
      return <span className="key-text">{cell.text}</span>;
  }
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
