import { useEffect, useState, type ReactNode } from 'react';
import { cx } from './cx';

/** Grey bars in the place of text that is on its way. Wrap it in `Delayed`. */
export function Skeleton({ rows = 3, className }: { rows?: number; className?: string }) {
  return (
    <div aria-hidden className={cx('flex flex-col gap-3', className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // oxlint-disable-next-line react/no-array-index-key -- bars have no identity
          key={row}
          className={cx('h-3 animate-breathe rounded-sm bg-pressed', widths[row % widths.length])}
        />
      ))}
    </div>
  );
}

/** Shows its children only after a wait: what comes at once does not flicker. */
export function Delayed({ ms = 150, children }: { ms?: number; children: ReactNode }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return due ? children : null;
}

/** A place whose content is on its way: silent for 150 ms, then bars, announced as `label`. */
export function Loading({ label, rows = 6 }: { label: string; rows?: number }) {
  return (
    <Delayed>
      <output aria-label={label} className="block p-6">
        <Skeleton rows={rows} />
      </output>
    </Delayed>
  );
}

const widths = ['w-2/3', 'w-1/2', 'w-3/4', 'w-2/5'];
