import type { TrendPoint } from '../../shared/model/readiness/state';
import { formatTime, useUi } from '../ui';

const height = 28;

/** Passing and failing checks over the evaluations in which something was otherwise. */
export function Trend({ points }: { points: readonly TrendPoint[] }) {
  const { timeZone } = useUi();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  const most = Math.max(1, ...points.map(({ counts }) => counts.pass + open(counts)));
  const x = (index: number) => (index / (points.length - 1)) * 100;
  const y = (value: number) => height - (value / most) * height;
  const line = (value: (point: TrendPoint) => number) =>
    points.map((point, index) => `${x(index).toFixed(2)},${y(value(point)).toFixed(2)}`).join(' ');
  const since = formatTime(new Date(first.at), timeZone, 'date');
  return (
    <figure className="m-0">
      <figcaption className="label-text">Trend since {since}</figcaption>
      <svg
        role="img"
        aria-label={`From ${first.counts.pass} passing and ${open(first.counts)} open to ${last.counts.pass} passing and ${open(last.counts)} open`}
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        className="mt-1 block h-8 w-full overflow-visible"
      >
        <polyline
          points={line(({ counts }) => counts.pass)}
          vectorEffect="non-scaling-stroke"
          className="fill-none stroke-pass"
          strokeWidth="1.5"
        />
        <polyline
          points={line(({ counts }) => open(counts))}
          vectorEffect="non-scaling-stroke"
          strokeDasharray="3 2"
          className="fill-none stroke-fail"
          strokeWidth="1.5"
        />
      </svg>
      <p className="mt-1 text-xs text-ink-3">
        Passing (line): {first.counts.pass} to {last.counts.pass}. Failing, stale or untold
        (dashes): {open(first.counts)} to {open(last.counts)}.
      </p>
    </figure>
  );
}

function open(counts: TrendPoint['counts']): number {
  return counts.fail + counts['cannot-tell'] + counts.stale;
}
