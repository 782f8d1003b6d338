import { CircleQuestionMark, Minus, PencilLine, Plus } from 'lucide-react';
import type { Difference } from '../../../shared/model/tls/judgement';
import { cx, inks } from '../../ui';

/** What stands between a server and a profile or policy, exactly: to take away, to add, to change. */
export function Differences({
  differences,
  none,
}: {
  differences: readonly Difference[];
  none: string;
}) {
  if (differences.length === 0) return <p className="text-sm text-ink-2">{none}</p>;
  return (
    <ul className="space-y-1">
      {differences.map(({ kind, about, what }) => {
        const { icon: Icon, word, ink } = kinds[kind];
        return (
          <li key={`${kind} ${about} ${what}`} className="flex items-start gap-2 text-sm">
            <span className={cx('inline-flex w-26 shrink-0 items-center gap-1.5', ink)}>
              <Icon aria-hidden size={13} className="shrink-0" />
              {word}
            </span>
            <span className="min-w-0 break-words">
              {what} <span className="text-xs text-ink-3">{about}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const kinds = {
  remove: { icon: Minus, word: 'Take away', ink: inks.fail },
  add: { icon: Plus, word: 'Add', ink: inks.info },
  change: { icon: PencilLine, word: 'Change', ink: inks.stale },
  'cannot-tell': { icon: CircleQuestionMark, word: 'Cannot tell', ink: inks.unsure },
} as const;
