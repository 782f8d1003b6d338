import type { Finding } from '../../../shared/model/tls/scan';
import { cx, inks, verdictLooks } from '../../ui';

/** An answer in words; what could not be told says why, and never reads as "no". */
export function FindingText({
  finding: { value, why },
  words = { yes: 'yes', no: 'no' },
  good,
}: {
  finding: Finding;
  words?: { readonly yes: string; readonly no: string } | undefined;
  /** Which answer is the good one, where one is. */
  good?: 'yes' | 'no' | undefined;
}) {
  if (value === 'unknown') {
    const { icon: Icon, word } = verdictLooks['cannot-tell'];
    return (
      <span className={cx('inline-flex items-start gap-1.5', inks.unsure)}>
        <Icon aria-hidden size={13} className="mt-1 shrink-0" />
        <span>
          {word}
          {why && `: ${why}`}
        </span>
      </span>
    );
  }
  const look = good && (value === good ? verdictLooks.pass : verdictLooks.stale);
  const Icon = look && (value === good ? look.icon : verdictLooks.fail.icon);
  return (
    <span className="inline-flex items-start gap-1.5">
      {look && Icon && (
        <Icon aria-hidden size={13} className={cx('mt-1 shrink-0', inks[look.tone])} />
      )}
      <span>
        {words[value]}
        {why && <span className="text-ink-2">, {why}</span>}
      </span>
    </span>
  );
}
