import type { ReactNode } from 'react';

/** A control that names itself for assistive technology, under a label to be seen, with a line that helps. */
export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0 flex-1">
      <div aria-hidden className="mb-1 text-xs font-medium text-ink-2">
        {label}
      </div>
      {children}
      {hint && <p className="mt-1 text-xs text-ink-3">{hint}</p>}
    </div>
  );
}
