import type { MenuEntry } from '../ui';
import { tableColumns } from './columns';

/** The menu that chooses columns. The first column names the key and cannot be hidden. */
export function columnEntries(
  hidden: readonly string[],
  onChange: (hidden: string[]) => void,
): MenuEntry[] {
  const columns = tableColumns.slice(1).map(({ id, title }) => ({
    label: title,
    checked: !hidden.includes(id),
    onSelect: () =>
      onChange(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id]),
  }));
  return [
    { heading: 'Columns' },
    ...columns,
    'separator',
    { label: 'Show all', disabled: hidden.length === 0, onSelect: () => onChange([]) },
  ];
}
