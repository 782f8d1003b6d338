import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { cx } from '../../ui';
import { endpointColumns } from './columns';
import type { EndpointSort } from './query';

/** The head of the list: a click or Enter sorts by a column, again reverses. Arrow keys walk the columns. */
export function EndpointTableHead({
  sort,
  onSort,
  chosen,
  total,
  onChooseAll,
}: {
  sort: EndpointSort;
  onSort: (sort: EndpointSort) => void;
  chosen: number;
  total: number;
  onChooseAll: (all: boolean) => void;
}) {
  const [stop, setStop] = useState(0);
  const all = chosen > 0 && chosen >= total;
  const Arrow = sort.desc ? ArrowDown : ArrowUp;

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
        {endpointColumns.map(({ id, title }, index) => {
          const sorted = sort.column === id;
          return (
            <th
              key={id}
              scope="col"
              aria-sort={sorted ? (sort.desc ? 'descending' : 'ascending') : undefined}
              className={cx('key-cell', index === 0 && 'key-first')}
            >
              <button
                type="button"
                tabIndex={stop === index + 1 ? 0 : -1}
                onFocus={() => setStop(index + 1)}
                onClick={() => onSort({ column: id, desc: sorted && !sort.desc })}
                title={`Sort by ${title}`}
                className="key-sort"
              >
                <span className="key-text">{title}</span>
                {sorted && <Arrow aria-hidden size={12} className="shrink-0" />}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
