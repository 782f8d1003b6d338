import { ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { cx } from '../../ui';

/** A line that opens more below it. On paper it is open: a report leaves nothing out. */
export function Disclosure({
  summary,
  children,
  open: initially = false,
}: {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean;
}) {
  const [open, setOpen] = useState(initially);
  const id = useId();
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-8 w-full items-center gap-2 rounded-sm text-left text-sm outline-offset-[-2px] hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={14}
          className={cx('shrink-0 text-ink-3 print:hidden', open && 'rotate-90')}
        />
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 py-1">
          {summary}
        </span>
      </button>
      <div id={id} className={cx('pb-3 pl-[22px] print:pl-0', !open && 'hidden print:block')}>
        {children}
      </div>
    </div>
  );
}
