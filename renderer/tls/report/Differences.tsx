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
    <dl className="grid grid-cols-[max-content_max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
      {grouped(differences).map(({ kind, about, whats }) => {
        const { icon: Icon, word, ink } = kinds[kind];
        return (
          <div key={`${kind} ${about}`} className="contents">
            <dt className={cx('inline-flex items-center gap-1.5 self-start', ink)}>
              <Icon aria-hidden size={13} className="shrink-0" />
              {word}
            </dt>
            <dd className="text-ink-3">
              {about}
              {whats.length > 1 && ` (${whats.length})`}
            </dd>
            <dd className="min-w-0">
              <ul className="flex flex-wrap gap-x-4">
                {whats.map((what) => (
                  <li
                    key={what}
                    className={cx('break-words', isName(what) && 'font-mono text-xs leading-5')}
                  >
                    {what}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What is to be done with one sort of thing, together: thirty suites are one line to act on. */
function grouped(differences: readonly Difference[]) {
  const groups = new Map<string, Pick<Difference, 'kind' | 'about'> & { whats: string[] }>();
  for (const { kind, about, what } of differences) {
    const key = `${kind} ${about}`;
    const group = groups.get(key) ?? { kind, about, whats: [] };
    groups.set(key, group);
    if (!group.whats.includes(what)) group.whats.push(what);
  }
  return [...groups.values()];
}

/** `TLS_RSA_WITH_AES_128_CBC_SHA`, as opposed to a sentence. */
function isName(what: string): boolean {
  return /^[A-Z0-9]+_\S+$/i.test(what);
}

const kinds = {
  remove: { icon: Minus, word: 'Take away', ink: inks.fail },
  add: { icon: Plus, word: 'Add', ink: inks.info },
  change: { icon: PencilLine, word: 'Change', ink: inks.stale },
  'cannot-tell': { icon: CircleQuestionMark, word: 'Cannot tell', ink: inks.unsure },
} as const;
