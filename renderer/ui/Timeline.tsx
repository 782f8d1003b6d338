import type { ReactNode } from 'react';
import { inks, type Tone } from './Badge';
import { cx } from './cx';

export interface TimelineEntry {
  readonly id: string;
  readonly title: ReactNode;
  /** Usually a `<Time>`. */
  readonly time?: ReactNode;
  readonly detail?: ReactNode;
  readonly tone?: Tone | undefined;
  /** A filled point: what is in force now. */
  readonly current?: boolean | undefined;
}

/** Events in order, joined by a line. The caller decides which end is the newest. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {entries.map((entry) => (
        <li key={entry.id} className="group/entry relative flex gap-3 pb-4 last:pb-0">
          <span
            aria-hidden
            className="absolute top-4 bottom-0 left-[5px] w-px bg-line-strong group-last/entry:hidden"
          />
          <span
            aria-hidden
            className={cx(
              'mt-1 size-[11px] shrink-0 rounded-full border-2 border-current',
              inks[entry.tone ?? 'quiet'],
              entry.current && 'bg-current',
            )}
          />
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 text-sm font-medium text-ink">{entry.title}</span>
              {entry.time && <span className="shrink-0 text-xs text-ink-2">{entry.time}</span>}
            </div>
            {entry.detail && <div className="mt-0.5 text-xs text-ink-2">{entry.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
