import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useState, type KeyboardEvent } from 'react';
import { cx } from '../ui';
import type { GridColumn } from './columns';

/** A column by which the rows are sorted. */
export interface GridOrder {
  readonly column: string;
  readonly desc: boolean;
}

export interface DataGridHeadProps {
  readonly columns: readonly GridColumn[];
  /** What the rows are sorted by, the first first. */
  readonly order: readonly GridOrder[];
  /** A column's head was pressed; `add` with Shift, where the grid sorts by several columns. */
  readonly onSort: (column: string, add: boolean) => void;
  readonly sortsBySeveral?: boolean;
  readonly chosen: number;
  readonly total: number;
  readonly onChooseAll: (all: boolean) => void;
}

/** The head of a data grid. One tab stop; the arrow keys walk the columns. */
export const DataGridHead = memo(function DataGridHead({
  columns,
  order,
  onSort,
  sortsBySeveral = false,
  chosen,
  total,
  onChooseAll,
}: DataGridHeadProps) {
  const [stop, setStop] = useState(0);
  const all = chosen > 0 && chosen >= total;

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const next = Math.max(0, Math.min(buttons.length - 1, stop + step));
    setStop(next);
    buttons[next]?.focus();
  }

  return (
    <thead className="dg-head">
      <tr aria-rowindex={1} className="dg-head-row" onKeyDown={onKeyDown}>
        <th scope="col" className="dg-cell dg-select">
          <button
            type="button"
            tabIndex={stop === 0 ? 0 : -1}
            onFocus={() => setStop(0)}
            onClick={() => onChooseAll(!all)}
            aria-pressed={all}
            aria-label={all ? 'Choose no row' : 'Choose all rows shown'}
            className={cx('dg-box', all && 'is-on', chosen > 0 && !all && 'is-mixed')}
          />
        </th>
        {columns.map(({ id, title, type }, index) => {
          const position = order.findIndex(({ column }) => column === id);
          const sorted = order[position];
          const Arrow = sorted?.desc ? ArrowDown : ArrowUp;
          return (
            <th
              key={id}
              scope="col"
              aria-sort={
                sorted && position === 0 ? (sorted.desc ? 'descending' : 'ascending') : undefined
              }
              className={cx('dg-cell', index === 0 && 'dg-first', type === 'number' && 'dg-number')}
            >
              <button
                type="button"
                tabIndex={stop === index + 1 ? 0 : -1}
                onFocus={() => setStop(index + 1)}
                onClick={(event) => onSort(id, sortsBySeveral && event.shiftKey)}
                title={`Sort by ${title}${sortsBySeveral ? '; with Shift as a further column' : ''}`}
                className="dg-sort"
              >
                <span className="dg-text">{title}</span>
                {sorted && <Arrow aria-hidden size={12} className="shrink-0" />}
                {sorted && order.length > 1 && (
                  <span className="text-2xs font-normal">
                    <span className="sr-only">order </span>
                    {position + 1}
                  </span>
                )}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
});
