import { Popover } from '@base-ui/react/popover';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from './Checkbox';
import { cx } from './cx';
import { popupLook } from './Menu';
import { SearchField } from './TextField';

export interface FilterOption {
  readonly value: string;
  readonly label?: string | undefined;
  /** How many rows it would show, with the other filters in force. */
  readonly count: number;
}

/** One facet of a filter bar: a button that says what is chosen and opens the values with their counts. */
export function FilterChip({
  label,
  options,
  selected,
  onChange,
}: {
  label: string;
  options: readonly FilterOption[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
}) {
  const [search, setSearch] = useState('');
  const active = selected.length > 0;
  const text = (option: FilterOption) => option.label ?? option.value;
  const shown = options.filter((option) =>
    text(option).toLowerCase().includes(search.trim().toLowerCase()),
  );
  const chosen = options.filter((option) => selected.includes(option.value)).map(text);

  return (
    <Popover.Root onOpenChange={() => setSearch('')}>
      <Popover.Trigger
        className={cx(
          'inline-flex h-6 max-w-64 shrink-0 items-center gap-1 rounded-md border px-2 text-xs select-none hover:bg-hover data-popup-open:bg-hover',
          active
            ? 'border-accent bg-selected font-medium text-ink'
            : 'border-line-strong bg-surface text-ink-2',
        )}
      >
        <span className="truncate">
          {label}
          {active && `: ${chosen.length > 2 ? `${chosen.length} chosen` : chosen.join(', ')}`}
        </span>
        <ChevronDown aria-hidden size={12} className="shrink-0 text-ink-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-40 outline-none"
        >
          <Popover.Popup className={cx(popupLook, 'w-64')} aria-label={`Filter by ${label}`}>
            {options.length > 8 && (
              <div className="sticky top-0 z-1 border-b bg-raised p-1.5">
                <SearchField label={`Search ${label}`} value={search} onChange={setSearch} />
              </div>
            )}
            <ul className="p-1">
              {shown.map((option) => (
                <li key={option.value} className="flex rounded-md px-2 hover:bg-hover">
                  <Checkbox
                    className="h-7 flex-1"
                    checked={selected.includes(option.value)}
                    onChange={(on) =>
                      onChange(
                        on
                          ? [...selected, option.value]
                          : selected.filter((value) => value !== option.value),
                      )
                    }
                  >
                    <span className="min-w-0 flex-1 truncate">{text(option)}</span>
                    <span className="text-xs text-ink-3">{option.count.toLocaleString('en')}</span>
                  </Checkbox>
                </li>
              ))}
              {shown.length === 0 && (
                <li className="px-2 py-1 text-xs text-ink-3">No such value</li>
              )}
            </ul>
            {active && (
              <div className="border-t p-1">
                <button
                  type="button"
                  className="h-7 w-full rounded-md px-2 text-left text-xs text-ink-2 hover:bg-hover hover:text-ink"
                  onClick={() => onChange([])}
                >
                  Clear
                </button>
              </div>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
