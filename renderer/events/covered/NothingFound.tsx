import { CircleCheck, CircleQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui';

/**
 * What stands where nothing was found. Good news only where something was looked at, and all of it is
 * there.
 */
export function NothingFound({
  what,
  looked,
  missing,
  children,
}: {
  /** The good news: `No alert`. */
  readonly what: string;
  /** Events that were looked at. */
  readonly looked: number;
  /** How many times and Regions are not covered. */
  readonly missing: number;
  readonly children: ReactNode;
}) {
  if (looked === 0) {
    return (
      <EmptyState icon={CircleQuestionMark} title="No event to look at">
        None of the stored events matches, so nothing can be said.
      </EmptyState>
    );
  }
  return missing === 0 ? (
    <EmptyState icon={CircleCheck} title={what}>
      {children}
    </EmptyState>
  ) : (
    <EmptyState icon={CircleQuestionMark} title={`${what}, as far as events are stored`}>
      {children} Not all is covered: what is missing is named above.
    </EmptyState>
  );
}
