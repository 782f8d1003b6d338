import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useState, type KeyboardEvent } from 'react';
import { defaultKeySort } from '../../shared/model/keyOrder';
import type { KeyQuery } from '../../shared/model/keyQuery';
import { cx } from '../ui';
import type { TableColumn } from './columns';

/**
 * The head of the table. A click or Enter sorts by a column, again reverses, a third time lets go;
 * with Shift a column is added to the order. One tab stop; the arrow keys walk the columns.
 */
export const KeyTableHead = memo(function KeyTableHead({
  columns,
  sort,
  onSort,
  chosen,
  total,
  onChooseAll,
}: {
  columns: readonly TableColumn[];
  sort: KeyQuery['sort'];
  onSort: (sort: KeyQuery['sort']) => void;
  chosen: number;
  total: number;
  onChooseAll: (all: boolean) => void;
}) {
  const [stop, setStop] = useState(0);
  const shown = sort.length > 0 ? sort : defaultKeySort;
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
    <thead className="key-head">
      <tr aria-rowindex={1} className="key-head-row" onKeyDown={onKeyDown}>
        <th scope="col" className="key-cell key-select">
          <button
            type="button"
            tabIndex={stop === 0 ? 0 : -1}
            onFocus={() => setStop(0)}
            onClick={() => onChooseAll(!all)}
            aria-pressed={all}
            aria-label={all ? 'Choose no row' : 'Choose all rows shown'}
            className={cx('key-box', all && 'is-on', chosen > 0 && !all && 'is-mixed')}
          />
        </th>
        {columns.map((column, index) => {
          const position = shown.findIndex(({ column: id }) => id === column.id);
          const order = shown[position];
          const Arrow = order?.desc ? ArrowDown : ArrowUp;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={
                order && position === 0 ? (order.desc ? 'descending' : 'ascending') : undefined
              }
              className={cx(
                'key-cell',
                index === 0 && 'key-first',
                column.type === 'number' && 'key-number',
              )}
            >
              <button
                type="button"
                tabIndex={stop === index + 1 ? 0 : -1}
                onFocus={() => setStop(index + 1)}
                onClick={(event) => onSort(nextSort(sort, column.id, event.shiftKey))}
                title={`Sort by ${column.title}; with Shift as a further column`}
                className="key-sort"
              >
                <span className="key-text">{column.title}</span>
                {order && <Arrow aria-hidden size={12} className="shrink-0" />}
                {order && shown.length > 1 && (
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

/** The order after a column was pressed: ascending, descending, without it. */
export function nextSort(sort: KeyQuery['sort'], column: string, add: boolean): KeyQuery['sort'] {
  const shown = sort.length > 0 ? sort : defaultKeySort;
  const now = shown.find((order) => order.column === column);
  const rest = add ? shown.filter((order) => order.column !== column) : [];
  if (!now) return [...rest, { column, desc: false }].slice(-5);
  if (!now.desc) {
    const turned = { column, desc: true };
    return add ? shown.map((order) => (order === now ? turned : order)) : [turned];
  }
  return rest;
}
