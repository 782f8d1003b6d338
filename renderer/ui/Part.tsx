import type { ReactNode } from 'react';

/** A titled part of a drawer or of a panel beside a list. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-3 last:border-b-0">
      <h3 className="mb-2 label-text">{title}</h3>
      {children}
    </section>
  );
}
