import type { JournalEntry } from '../../shared/contract/journal';
import { FilterChip } from '../ui';

/** The kinds of entries in words. */
export const kindNames: Record<JournalEntry['kind'], string> = {
  action: 'Action',
  'aws-write': 'AWS write',
  program: 'Program',
};

/** Narrows the journal to some kinds; the counts are of what is loaded. */
export function KindFilter({
  entries,
  selected,
  onChange,
}: {
  entries: readonly JournalEntry[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
}) {
  const options = Object.entries(kindNames).map(([value, label]) => ({
    value,
    label,
    count: entries.filter(({ kind }) => kind === value).length,
  }));
  return <FilterChip label="Kind" options={options} selected={selected} onChange={onChange} />;
}
