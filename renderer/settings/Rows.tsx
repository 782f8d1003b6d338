import type { ReactNode } from 'react';

/** Settings under each other. */
export function Rows({ children }: { children: ReactNode }) {
  return <div className="divide-y rounded-md border border-line">{children}</div>;
}

/** One setting: its name, what it means, and where it is set. */
export function Row({
  label,
  hint,
  children,
}: {
  label: ReactNode;
  hint: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex items-center justify-between gap-8 px-4 py-3">
      <div className="min-w-0">
        <div className="text-sm">{label}</div>
        <p className="mt-0.5 max-w-110 text-xs text-ink-2">{hint}</p>
      </div>
      <div className="shrink-0">{children}</div>
    </div>
  );
}
