import type { ReactNode } from 'react';

export interface KeyValueRow {
  readonly label: string;
  readonly value: ReactNode;
}

/** Facts, one a line: label left, value right. */
export function KeyValue({ rows }: { rows: readonly KeyValueRow[] }) {
  return (
    <dl className="grid grid-cols-[fit-content(42%)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
      {rows.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="min-w-24 text-ink-3">{label}</dt>
          <dd className="min-w-0 break-words text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
