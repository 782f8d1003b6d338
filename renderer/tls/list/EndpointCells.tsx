import { TrendingDown, TrendingUp, Waves } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx, formatTime, inks, verdictLooks } from '../../ui';
import { expiryTone, expiryWords } from '../expiry';
import { GradeBadge } from '../GradeBadge';
import { gradeLooks } from '../grade';
import { VersionChips } from '../VersionChips';
import { vulnerabilityNames } from '../vulnerabilityNames';
import type { EndpointView } from './lens';
import { changeWords, gradeTitle } from './words';

/** What stands in a cell of the list; what is not known says so. */
export function cellContent(
  column: string,
  view: EndpointView,
  timeZone: 'utc' | 'local',
): ReactNode {
  if (column === 'grade') return <GradeBadge grade={view.grade} ungraded={view.ungraded} />;
  if (column === 'owner') return view.row.endpoint.owner || <None>none</None>;
  if (view.lastAt === undefined) return <None>-</None>;
  if (column === 'scanned') return formatTime(new Date(view.lastAt), timeZone, 'minute');
  if (column === 'change') return <Change view={view} />;
  // An address that did not answer says nothing of what it offers.
  if (view.grade === 'unreachable') return <None>{column === 'versions' ? 'no answer' : '-'}</None>;
  switch (column) {
    case 'versions':
      return <VersionChips versions={view.versions} />;
    case 'expires':
      return <Expires view={view} />;
    case 'vulnerable':
      return <Vulnerable view={view} />;
    case 'profile':
      return <Profile profile={view.profile} />;
    case 'postQuantum':
      return <PostQuantum offered={view.postQuantum} />;
    default:
      return view.elbPolicy ? (
        <span className="dg-text">{view.elbPolicy.replaceAll('ELBSecurityPolicy-', '')}</span>
      ) : (
        <None>not told</None>
      );
  }
}

function Expires({ view: { daysLeft } }: { view: EndpointView }) {
  if (daysLeft === undefined) return <Unsure />;
  const tone = expiryTone(daysLeft);
  return (
    <span className={cx('dg-text', tone !== 'pass' && inks[tone])}>{expiryWords(daysLeft)}</span>
  );
}

function Change({ view }: { view: EndpointView }) {
  const { differences } = view.row;
  if (differences.length === 0) return <None>none</None>;
  const worse = differences.some(({ direction }) => direction === 'worse');
  const better = differences.some(({ direction }) => direction === 'better');
  const Icon = worse ? TrendingDown : better ? TrendingUp : Waves;
  return (
    <span
      className={cx(
        'inline-flex min-w-0 items-center gap-1.5',
        worse ? inks.fail : better ? inks.pass : inks.info,
      )}
    >
      <Icon aria-hidden size={13} className="shrink-0" />
      <span className="truncate">{changeWords(differences)}</span>
    </span>
  );
}

function Vulnerable({ view: { vulnerable, unknowns } }: { view: EndpointView }) {
  const [first] = vulnerable;
  if (first === undefined) {
    return unknowns > 0 ? (
      <span className={inks.unsure}>none found, {unknowns} open</span>
    ) : (
      <span className="text-ink-2">none found</span>
    );
  }
  const { icon: Icon } = verdictLooks.fail;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 text-fail">
      <Icon aria-hidden size={13} className="shrink-0" />
      <span className="truncate">
        {vulnerabilityNames[first].name}
        {vulnerable.length > 1 && ` +${vulnerable.length - 1}`}
      </span>
    </span>
  );
}

function Profile({ profile }: { profile: EndpointView['profile'] }) {
  if (profile === undefined || profile === 'unknown') return <Unsure />;
  const tone = { modern: 'pass', intermediate: 'pass', old: 'stale', none: 'fail' } as const;
  return <span className={inks[tone[profile]]}>{profileWords[profile]}</span>;
}

const profileWords = {
  modern: 'Modern',
  intermediate: 'Intermediate',
  old: 'Old',
  none: 'None of them',
} as const;

function PostQuantum({ offered }: { offered: EndpointView['postQuantum'] }) {
  if (offered === 'yes') return <span className={inks.pass}>Hybrid group</span>;
  if (offered === 'some') return <span className={inks.stale}>Some addresses</span>;
  return offered === 'no' ? <span className="text-ink-2">Not offered</span> : <Unsure />;
}

function Unsure() {
  const { icon: Icon, word } = verdictLooks['cannot-tell'];
  return (
    <span className={cx('inline-flex items-center gap-1.5', inks.unsure)}>
      <Icon aria-hidden size={13} className="shrink-0" />
      {word}
    </span>
  );
}

function None({ children }: { children: string }) {
  return <span className="dg-dim">{children}</span>;
}

/** More about a cell, on hover: every reason, every change. */
export function cellTitle(column: string, view: EndpointView): string | undefined {
  const { row, grade, vulnerable } = view;
  switch (column) {
    case 'grade': {
      const reasons = row.last.flatMap(({ reasons = [], unreachable }) => unreachable ?? reasons);
      const head = Object.hasOwn(gradeLooks, grade)
        ? [gradeTitle(grade as keyof typeof gradeLooks, view.ungraded)]
        : [];
      return [...head, ...new Set(reasons)].join('\n') || undefined;
    }
    case 'change':
      return row.differences.map(({ what }) => what).join('\n') || undefined;
    case 'vulnerable':
      return vulnerable.map((id) => vulnerabilityNames[id].name).join('\n') || undefined;
    case 'expires':
      return view.notAfter;
    case 'policy':
      return view.elbPolicy || undefined;
    case 'owner':
      return row.endpoint.owner || undefined;
    default:
      return undefined;
  }
}
