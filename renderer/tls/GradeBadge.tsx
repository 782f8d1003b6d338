import { CircleQuestionMark, CircleSlash2, Unplug } from 'lucide-react';
import { cx } from '../ui';
import { gradeLooks, type GradeLetter } from './grade';

/** What stands in the place of a letter where there is none. */
export type GradeState = GradeLetter | 'unknown' | 'unreachable' | 'never';

/** The grade as letter, word and colour; `large` for the head of a report. */
export function GradeBadge({
  grade,
  large = false,
  ungraded = 0,
}: {
  grade: GradeState;
  large?: boolean;
  /** Addresses that the letter does not stand for: said in the place of its word. */
  ungraded?: number;
}) {
  if (grade === 'unknown' || grade === 'unreachable' || grade === 'never') {
    const { word, icon: Icon, ink } = noGrade[grade];
    if (large) {
      return (
        <span className={cx('tls-grade tls-grade-large', 'tls-grade-none')}>
          <Icon aria-hidden size={30} strokeWidth={1.75} />
          <span className="sr-only">{word}</span>
        </span>
      );
    }
    return (
      <span className={cx('inline-flex items-center gap-1.5', ink)}>
        <Icon aria-hidden size={14} className="shrink-0" />
        {word}
      </span>
    );
  }
  const { word, tone } = gradeLooks[grade];
  const letter = (
    <span className={cx('tls-grade', large && 'tls-grade-large')} data-tone={tone}>
      {grade}
    </span>
  );
  if (large) return letter;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      {letter}
      {ungraded > 0 ? (
        <span className="truncate text-unsure">{ungraded} not graded</span>
      ) : (
        <span className="truncate text-ink-2">{word}</span>
      )}
    </span>
  );
}

const noGrade = {
  unknown: { word: 'Cannot tell', icon: CircleQuestionMark, ink: 'text-unsure' },
  unreachable: { word: 'Unreachable', icon: Unplug, ink: 'text-unsure' },
  never: { word: 'Not scanned', icon: CircleSlash2, ink: 'text-ink-3' },
} as const;
