import type { ReactNode } from 'react';

/** One titled group of the panel's controls. */
export function Part({
  title,
  note,
  children,
}: {
  title: string;
  /** Right of the title: a state in a word, or a small button. */
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="border-b px-4 py-3 last:border-b-0" aria-label={title}>
      <div className="mb-2 flex h-5 items-center justify-between gap-2">
        <h2 className="label-text">{title}</h2>
        {note}
      </div>
      {children}
    </section>
  );
}
