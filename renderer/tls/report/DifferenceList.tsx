import { TrendingDown, TrendingUp, Waves } from 'lucide-react';
import type { ScanDifference } from '../../../shared/model/tls/fleet';
import { cx, inks } from '../../ui';

/** What is otherwise in the later of two scans, the worst first, with both values where there are any. */
export function DifferenceList({ differences }: { differences: readonly ScanDifference[] }) {
  const order = ['worse', 'changed', 'better'];
  const sorted = differences.toSorted(
    (a, b) => order.indexOf(a.direction) - order.indexOf(b.direction),
  );
  return (
    <ul aria-label="Changes" className="space-y-1 text-sm">
      {sorted.map(({ direction, what, before, after }) => {
        const { icon: Icon, word, ink } = looks[direction];
        return (
          <li key={`${direction} ${what} ${before} ${after}`} className="flex items-start gap-2">
            <span className={cx('inline-flex w-20 shrink-0 items-center gap-1.5', ink)}>
              <Icon aria-hidden size={13} className="shrink-0" />
              {word}
            </span>
            <span className="min-w-0 break-words">
              {what}
              {(before !== undefined || after !== undefined) && (
                <span className="block text-xs text-ink-2">
                  {before ?? 'nothing'} <span className="sr-only">became</span>
                  <span aria-hidden>{'\u2192'}</span> {after ?? 'nothing'}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const looks = {
  worse: { icon: TrendingDown, word: 'Worse', ink: inks.fail },
  better: { icon: TrendingUp, word: 'Better', ink: inks.pass },
  changed: { icon: Waves, word: 'Changed', ink: inks.info },
} as const;
