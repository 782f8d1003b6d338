import { Ban, CircleCheck, CircleDotDashed, CircleX } from 'lucide-react';
import type { JournalEntry } from '../../shared/contract/journal';
import { cx, inks } from '../ui';

const looks = {
  // A write that was about to be sent; whether it ended is the next entry's to say.
  started: { word: 'Started', icon: CircleDotDashed, tone: 'info' },
  ok: { word: 'Done', icon: CircleCheck, tone: 'pass' },
  failed: { word: 'Failed', icon: CircleX, tone: 'fail' },
  cancelled: { word: 'Cancelled', icon: Ban, tone: 'quiet' },
} as const;

/** How a deed ended, as icon, word and colour. */
export function OutcomeBadge({ outcome }: { outcome: JournalEntry['outcome'] }) {
  const { word, icon: Icon, tone } = looks[outcome];
  return (
    <span className={cx('inline-flex items-center gap-1.5', inks[tone])}>
      <Icon aria-hidden size={13} strokeWidth={2.25} className="shrink-0" />
      {word}
    </span>
  );
}
