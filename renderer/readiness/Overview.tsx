import { ArrowRight } from 'lucide-react';
import { groupNames } from '../../shared/model/readiness/groups';
import { checkOf } from '../../shared/model/readiness/checks';
import type { Change, GroupState, ReadinessState } from '../../shared/model/readiness/state';
import { verdictValues, type VerdictValue } from '../../shared/model/verdict';
import { cx, inks, verdictLooks } from '../ui';
import type { ReadinessPlace } from './place';
import { Trend } from './Trend';
import type { ReadinessStoreState } from './store';

type Go = (change: Partial<ReadinessPlace>) => void;

/** The state in one glance: how the checks stand, group by group, what changed, what to do next. */
export function Overview({
  state,
  trend,
  place,
  go,
}: {
  state: ReadinessState;
  trend: ReadinessStoreState['trend'];
  place: ReadinessPlace;
  go: Go;
}) {
  return (
    <section aria-label="Overview" className="@container border-b px-4 py-4">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(300px,36%)] gap-x-6 gap-y-4 @max-3xl:grid-cols-1">
        <div>
          <p className="text-xl font-semibold tracking-[-0.01em]">{headline(state.counts)}</p>
          <p className="mt-0.5 text-sm text-ink-2">{subline(state.counts)}</p>
          <VerdictBar counts={state.counts} />
          <ul
            aria-label="Groups"
            className="mt-4 grid grid-cols-[repeat(auto-fit,minmax(138px,1fr))] gap-2"
          >
            {state.groups.map((group) => (
              <li key={group.id}>
                <GroupTile
                  group={group}
                  pressed={place.groups.length === 1 && place.groups[0] === group.id}
                  onPress={(pressed) => go({ groups: pressed ? [group.id] : [] })}
                />
              </li>
            ))}
          </ul>
          <div className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 @max-2xl:grid-cols-1">
            <Changes changes={state.changes} inAll={state.changesInAll} go={go} />
            <Trend points={trend} />
          </div>
        </div>
        <Next steps={state.next} go={go} />
      </div>
    </section>
  );
}

function headline(counts: Readonly<Record<VerdictValue, number>>): string {
  if (counts.fail > 0)
    return counts.fail === 1 ? 'One check fails.' : `${counts.fail} checks fail.`;
  const open = counts['cannot-tell'] + counts.stale;
  if (open > 0) return 'Nothing is known to fail, but not everything is known.';
  return counts.pass > 0
    ? 'Every check that applies passes.'
    : 'No check applies to what was read.';
}

function subline(counts: Readonly<Record<VerdictValue, number>>): string {
  const one = (count: number, single: string, many: string) =>
    `${count} ${count === 1 ? single : many}`;
  const parts = [
    `${counts['cannot-tell']} cannot be told`,
    ...(counts.stale > 0 ? [one(counts.stale, 'rests', 'rest') + ' on old evidence'] : []),
    one(counts.pass, 'passes', 'pass'),
    ...(counts['not-applicable'] > 0
      ? [one(counts['not-applicable'], 'does', 'do') + ' not apply']
      : []),
  ];
  return `${parts.join(', ')}.`;
}

const fills: Readonly<Record<VerdictValue, string>> = {
  fail: 'bg-fail',
  'cannot-tell': 'bg-unsure',
  stale: 'bg-stale',
  pass: 'bg-pass',
  'not-applicable': 'bg-pressed',
};

/** All checks as one bar; words and numbers stand above it. */
function VerdictBar({ counts }: { counts: Readonly<Record<VerdictValue, number>> }) {
  return (
    <div aria-hidden className="mt-3 flex h-2 gap-px overflow-hidden rounded-full">
      {verdictValues.map(
        (value) =>
          counts[value] > 0 && (
            <div key={value} className={fills[value]} style={{ flexGrow: counts[value] }} />
          ),
      )}
    </div>
  );
}

function GroupTile({
  group: { id, score, counts },
  pressed,
  onPress,
}: {
  group: GroupState;
  pressed: boolean;
  onPress: (pressed: boolean) => void;
}) {
  const worst = verdictValues.find((value) => counts[value] > 0) ?? 'not-applicable';
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onPress(!pressed)}
      className={cx(
        'block h-full w-full rounded-md border px-2.5 py-2 text-left',
        pressed ? 'border-accent bg-selected' : 'bg-surface hover:bg-hover',
      )}
    >
      <span className="block truncate text-xs text-ink-2">{groupNames[id]}</span>
      <span
        className={cx('block text-lg font-semibold tabular-nums', inks[verdictLooks[worst].tone])}
      >
        {score === null ? 'none' : `${score} %`}
      </span>
      <span className="block text-xs text-ink-3">{tileWords(counts)}</span>
    </button>
  );
}

/** What keeps the group from being in order; what cannot be told never hides behind what fails. */
function tileWords(counts: GroupState['counts']): string {
  const open = [
    counts.fail > 0 && `${counts.fail} ${counts.fail === 1 ? 'fails' : 'fail'}`,
    counts['cannot-tell'] > 0 && `${counts['cannot-tell']} cannot tell`,
    counts.stale > 0 && `${counts.stale} stale`,
  ].filter((part) => part !== false);
  if (open.length > 0) return open.join(', ');
  return counts.pass > 0 ? 'all pass' : 'nothing applies';
}

function Next({ steps, go }: { steps: ReadinessState['next']; go: Go }) {
  return (
    <section aria-label="Do next">
      <h2 className="label-text">Do next</h2>
      {steps.length === 0 ? (
        <p className="mt-1 text-sm text-ink-2">Nothing: no check fails, none is open.</p>
      ) : (
        <ol className="mt-1 divide-y divide-line rounded-md border border-line bg-surface">
          {steps.map(({ check, title, why }, index) => (
            <li key={`${check} ${title}`}>
              <button
                type="button"
                onClick={() => go({ check, subject: undefined })}
                className="flex w-full items-start gap-2 px-3 py-2 text-left outline-offset-[-2px] hover:bg-hover"
              >
                <b aria-hidden className="w-4 shrink-0 text-sm text-ink-3 tabular-nums">
                  {index + 1}
                </b>
                <span className="min-w-0 flex-1">
                  <span className="line-clamp-3 text-sm break-words" title={title}>
                    {title}
                  </span>
                  <span className="line-clamp-2 text-xs text-ink-3" title={why}>
                    {why}
                  </span>
                </span>
                <ArrowRight aria-hidden size={14} className="mt-0.5 shrink-0 text-ink-3" />
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** How many changes stand here; the rest are in the history of each check. */
const shownChanges = 4;

function Changes({ changes, inAll, go }: { changes: readonly Change[]; inAll: number; go: Go }) {
  // What was judged for the first time is no change for the better or the worse.
  const known = changes.filter(({ from }) => from !== undefined);
  const more = inAll - Math.min(known.length, shownChanges);
  return (
    <section aria-label="Since yesterday" className="min-w-0">
      <h2 className="label-text">Since yesterday</h2>
      {known.length === 0 && <p className="mt-1 text-xs text-ink-2">No verdict has changed.</p>}
      <ul className="mt-1 space-y-0.5">
        {known.slice(0, shownChanges).map((change) => (
          <li key={`${change.check} ${change.subject} ${change.at}`} className="text-xs">
            <button
              type="button"
              title={checkOf(change.check)?.question}
              onClick={() => go({ check: change.check, subject: change.subject })}
              className="w-full truncate rounded-sm text-left hover:underline"
            >
              <span className={cx('font-medium', change.to && inks[verdictLooks[change.to].tone])}>
                {change.to ? verdictLooks[change.to].word : 'Gone'}
              </span>{' '}
              {change.name}: {checkOf(change.check)?.question ?? change.check}
            </button>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="mt-0.5 text-xs text-ink-3">
          {known.length > 0 ? 'and ' : ''}
          {more.toLocaleString('en')}{' '}
          {known.length > 0 ? 'more, first judgements among them' : 'judged for the first time'}
        </p>
      )}
    </section>
  );
}
