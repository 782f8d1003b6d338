import { useEffect, useState, type RefObject } from 'react';
import { cx } from '../../ui';
import { reportSections, showSection } from './sections';

/** The report's parts beside it; the one in sight is marked. */
export function SectionIndex({
  scroller,
  without,
}: {
  scroller: RefObject<HTMLElement | null>;
  /** Parts that this report does not have. */
  without: readonly string[];
}) {
  const current = useSectionInSight(scroller);
  return (
    <nav
      aria-label="Parts of the report"
      className="w-44 shrink-0 overflow-y-auto border-r bg-sunken py-3 max-lg:hidden print:hidden"
    >
      <ul>
        {reportSections
          .filter(([id]) => !without.includes(id))
          .map(([id, name]) => (
            <li key={id}>
              <button
                type="button"
                aria-current={id === current ? 'true' : undefined}
                onClick={() => showSection(id)}
                className={cx(
                  'h-7 w-full border-l-2 px-4 text-left text-sm outline-offset-[-2px] hover:bg-hover',
                  id === current
                    ? 'border-accent font-medium text-ink'
                    : 'border-transparent text-ink-2',
                )}
              >
                {name}
              </button>
            </li>
          ))}
      </ul>
    </nav>
  );
}

/** The last part whose head has gone past the upper edge. */
function useSectionInSight(scroller: RefObject<HTMLElement | null>): string {
  const [current, setCurrent] = useState('verdict');
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = () => {
      const edge = element.getBoundingClientRect().top + 80;
      const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
      const parts = reportSections.filter(([id]) => document.querySelector(`#report-${id}`));
      const passed = parts.filter(([id]) => {
        const top = document.querySelector(`#report-${id}`)?.getBoundingClientRect().top;
        return top !== undefined && top <= edge;
      });
      const shown = atEnd && element.scrollTop > 0 ? parts.at(-1) : passed.at(-1);
      setCurrent(shown?.[0] ?? 'verdict');
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [scroller]);
  return current;
}
