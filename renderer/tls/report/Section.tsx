import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** One titled part of the report, to which the index leads. */
export function ReportSection({
  id,
  title,
  aside,
  children,
}: {
  id: string;
  title: string;
  /** Right of the title: a count or a state in small. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      id={`report-${id}`}
      aria-labelledby={`report-${id}-title`}
      className="tls-section border-t px-6 py-5 first:border-t-0 max-lg:px-4"
    >
      <div className="mb-3 flex items-baseline justify-between gap-4">
        <h2
          id={`report-${id}-title`}
          tabIndex={-1}
          className="text-base font-semibold tracking-[-0.01em] outline-none"
        >
          {title}
        </h2>
        {aside && <span className="text-xs text-ink-3">{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/** A smaller title inside a part. */
export function SubTitle({ icon: Icon, children }: { icon?: LucideIcon; children: ReactNode }) {
  return (
    <h3 className="mt-4 mb-2 flex items-center gap-1.5 text-sm font-semibold first:mt-0">
      {Icon && <Icon aria-hidden size={14} className="text-ink-3" />}
      {children}
    </h3>
  );
}

/** What is said where a part was not looked at, or could not be. Never an empty table without a word. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="text-sm text-ink-2">{children}</p>;
}
