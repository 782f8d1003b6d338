import { Ban, CircleCheck, CircleX, Gauge, Unplug } from 'lucide-react';
import type { RequestOutcome } from '../../shared/contract/practice';
import { cx, inks } from '../ui';

/** How requests can end, in words. */
export const outcomeLooks = {
  ok: { word: 'OK', icon: CircleCheck, tone: 'pass' },
  denied: { word: 'Denied', icon: Ban, tone: 'unsure' },
  throttled: { word: 'Throttled', icon: Gauge, tone: 'stale' },
  failed: { word: 'Failed', icon: CircleX, tone: 'fail' },
  unanswered: { word: 'No answer', icon: Unplug, tone: 'fail' },
} as const satisfies Record<RequestOutcome, unknown>;

/** How a request ended, as icon, word and colour. */
export function OutcomeBadge({ outcome }: { outcome: RequestOutcome }) {
  const { word, icon: Icon, tone } = outcomeLooks[outcome];
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', inks[tone])}>
      <Icon aria-hidden size={13} strokeWidth={2.25} className="shrink-0" />
      {word}
    </span>
  );
}
