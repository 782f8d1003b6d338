import type { ReactNode } from 'react';

/** The head line of a screen: its title, its views, which so stand in one place in all of them, a few words, and its actions right. */
export function ScreenHeader({
  title,
  views,
  note,
  children,
}: {
  title: string;
  views?: ReactNode;
  /** A number or a state in small: `412 entries`. */
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
      <h1 className="text-base font-semibold tracking-[-0.01em]">{title}</h1>
      {views}
      {note && <span className="text-xs text-ink-3">{note}</span>}
      {children && <div className="ml-auto flex items-center gap-2">{children}</div>}
    </header>
  );
}

/** A titled part of a page that is read from top to bottom. */
export function Section({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mb-8">
      <h2 className="text-sm font-semibold">{title}</h2>
      {description && <p className="mt-0.5 max-w-160 text-xs text-ink-2">{description}</p>}
      <div className="mt-3">{children}</div>
    </section>
  );
}
