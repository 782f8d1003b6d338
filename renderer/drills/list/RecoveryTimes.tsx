import type { DrillSummary } from '../../../shared/contract/drills';
import { formatTime, useUi } from '../../ui';
import { duration } from '../words';

const height = 60;

/** How long each closed drill took, oldest left, beside its recovery time objective. */
export function RecoveryTimes({ drills }: { drills: readonly DrillSummary[] }) {
  const { timeZone } = useUi();
  const closed = drills
    .filter(({ state }) => state === 'closed')
    .toReversed()
    .slice(-24);
  if (closed.length < 2) return null;
  const most = Math.max(1, ...closed.map(({ totalSeconds }) => totalSeconds));
  const width = 100 / closed.length;
  const [first, last] = [closed[0], closed.at(-1)];
  return (
    <figure className="m-0 mb-4">
      <figcaption className="label-text">Recovery times</figcaption>
      <svg
        role="img"
        aria-label={`Recovery times of ${closed.length} drills, from ${duration(first?.totalSeconds ?? 0)} to ${duration(last?.totalSeconds ?? 0)}`}
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        className="mt-1 block h-15 w-full"
      >
        {closed.map(({ id, totalSeconds, result, startedAt, rtoMinutes }, index) => (
          <rect
            key={id}
            x={index * width + width * 0.1}
            y={height - (totalSeconds / most) * height}
            width={width * 0.8}
            height={Math.max(1, (totalSeconds / most) * height)}
            className={
              result !== 'passed'
                ? 'fill-fail'
                : totalSeconds > rtoMinutes * 60
                  ? 'fill-stale'
                  : 'fill-accent/60'
            }
          >
            <title>
              {formatTime(new Date(startedAt), timeZone, 'date')}: {duration(totalSeconds)} of{' '}
              {rtoMinutes} min
            </title>
          </rect>
        ))}
      </svg>
    </figure>
  );
}
