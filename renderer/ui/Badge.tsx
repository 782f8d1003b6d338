import {
  Ban,
  CircleCheck,
  CircleDot,
  CircleMinus,
  CirclePause,
  CircleQuestionMark,
  CircleX,
  ClockAlert,
  Hourglass,
  LoaderCircle,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { VerdictValue } from '../../shared/model/verdict';
import { cx } from './cx';

/** The meanings that colour has in this window. */
export type Tone = 'pass' | 'fail' | 'unsure' | 'stale' | 'info' | 'quiet' | 'practice';

/** A word with a tinted ground, and an icon where it is a status: colour never says it alone. */
export function Badge({
  tone = 'quiet',
  icon: Icon,
  children,
}: {
  tone?: Tone | undefined;
  icon?: LucideIcon | undefined;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        grounds[tone],
      )}
    >
      {Icon && <Icon aria-hidden size={12} strokeWidth={2.25} className="shrink-0" />}
      {children}
    </span>
  );
}

/**
 * One of the five readings of a check, always as icon, word and colour. `plain` leaves the ground
 * out, for table cells; `children` replaces the word where the cell has a better one.
 */
export function VerdictBadge({
  value,
  plain = false,
  children,
}: {
  value: VerdictValue;
  plain?: boolean | undefined;
  children?: ReactNode;
}) {
  const { word, icon: Icon, tone } = verdictLooks[value];
  if (!plain) {
    return (
      <Badge tone={tone} icon={Icon}>
        {children ?? word}
      </Badge>
    );
  }
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-1.5', inks[tone])}>
      <Icon aria-hidden size={13} strokeWidth={2.25} className="shrink-0" />
      <span className="truncate">{children ?? word}</span>
    </span>
  );
}

/** How a status is shown: always all three. */
export interface StatusLook {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
}

/** The words for the five readings, the same everywhere. */
export const verdictLooks: Record<VerdictValue, StatusLook> = {
  pass: { word: 'Pass', icon: CircleCheck, tone: 'pass' },
  fail: { word: 'Fail', icon: CircleX, tone: 'fail' },
  'cannot-tell': { word: 'Cannot tell', icon: CircleQuestionMark, tone: 'unsure' },
  stale: { word: 'Stale', icon: ClockAlert, tone: 'stale' },
  'not-applicable': { word: 'Not applicable', icon: CircleMinus, tone: 'quiet' },
};

/** A KMS key's state in AWS's own word. A state that is not known here shows as it is, in neutral. */
export function StateBadge({
  state,
  plain = true,
}: {
  state: string;
  plain?: boolean | undefined;
}) {
  const { word, icon: Icon, tone } = stateLook(state);
  if (!plain) {
    return (
      <Badge tone={tone} icon={Icon}>
        {word}
      </Badge>
    );
  }
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Icon aria-hidden size={13} strokeWidth={2.25} className={cx('shrink-0', inks[tone])} />
      <span className={cx('truncate', tone !== 'pass' && inks[tone])}>{word}</span>
    </span>
  );
}

/** How a KMS key's state is shown. */
export function stateLook(state: string): StatusLook {
  return { ...(stateLooks[state] ?? { icon: CircleDot, tone: 'quiet' }), word: spaced(state) };
}

const stateLooks: Record<string, { icon: LucideIcon; tone: Tone }> = {
  Enabled: { icon: CircleCheck, tone: 'pass' },
  Disabled: { icon: CirclePause, tone: 'quiet' },
  PendingDeletion: { icon: Trash2, tone: 'fail' },
  PendingReplicaDeletion: { icon: Trash2, tone: 'fail' },
  PendingImport: { icon: Hourglass, tone: 'stale' },
  Unavailable: { icon: Ban, tone: 'unsure' },
  Creating: { icon: LoaderCircle, tone: 'info' },
  Updating: { icon: LoaderCircle, tone: 'info' },
};

/** `PendingDeletion` as a person reads it: `Pending deletion`. */
function spaced(state: string): string {
  const words = state.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const grounds: Record<Tone, string> = {
  pass: 'bg-pass-soft text-pass',
  fail: 'bg-fail-soft text-fail',
  unsure: 'bg-unsure-soft text-unsure',
  stale: 'bg-stale-soft text-stale',
  info: 'bg-info-soft text-info',
  quiet: 'bg-quiet-soft text-quiet',
  practice: 'bg-practice-solid text-practice-ink',
};

/** Text colours by tone. */
export const inks: Record<Tone, string> = {
  pass: 'text-pass',
  fail: 'text-fail',
  unsure: 'text-unsure',
  stale: 'text-stale',
  info: 'text-info',
  quiet: 'text-quiet',
  practice: 'text-practice',
};
