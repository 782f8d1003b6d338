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
      <span className={inks.unsure}>
        <Icon aria-hidden size={13} className={iconLook} />
        {word}
        {why && `: ${why}`}
      </span>
    );
  }
  const look = value === good ? verdictLooks.pass : verdictLooks.stale;
  const Icon = value === good ? verdictLooks.pass.icon : verdictLooks.fail.icon;
  return (
    <span>
      {good && <Icon aria-hidden size={13} className={cx(iconLook, inks[look.tone])} />}
      {words[value]}
      {why && <span className="text-ink-2">{joined(why)}</span>}
    </span>
  );
}

const iconLook = 'mr-1.5 inline-block align-[-2px]';

/** A reason after a word: a sentence of its own, or the rest of one. */
function joined(why: string): string {
  return /^[A-Z]/.test(why) ? `. ${why}` : `, ${why}`;
}
