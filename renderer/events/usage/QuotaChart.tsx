import type { QuotaUse } from '../../../shared/model/events/throttling/report';
import { percentWords } from './words';

const height = 40;
/** The share at which AWS's own alarm goes off. */
const near = 0.8;

/** The busiest minute of each day as a share of the quota, with the line that should not be reached. */
export function QuotaChart({ resource, days }: Pick<QuotaUse, 'resource' | 'days'>) {
  const top = Math.max(1, ...days.map(({ share }) => share));
  const tall = (share: number) => (share / top) * height;
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  return (
    <figure className="m-0 w-56 shrink-0">
      <svg
        role="img"
        aria-label={`${resource}: busiest minute of each day from ${first.day} to ${last.day}, ${days
          .map(({ share }) => percentWords(share))
          .join(', ')}`}
        viewBox={`0 0 ${days.length} ${height}`}
        preserveAspectRatio="none"
        className="block h-10 w-full border-b border-line-strong"
      >
        {days.map(({ day, share }, index) => (
          <g key={day}>
            <title>{`${day}: ${percentWords(share)}`}</title>
            <rect x={index} y={0} width={1} height={height} className="fill-transparent" />
            <rect
              x={index + 0.12}
              y={height - Math.max(0.75, tall(share))}
              width={0.76}
              height={Math.max(0.75, tall(share))}
              className={share >= near ? 'fill-fail' : 'fill-accent/60'}
            />
          </g>
        ))}
        <line
          x1={0}
          x2={days.length}
          y1={height - tall(near)}
          y2={height - tall(near)}
          vectorEffect="non-scaling-stroke"
          strokeDasharray="3 3"
          className="stroke-ink-3"
        />
      </svg>
      <figcaption className="flex justify-between pt-0.5 text-xs text-ink-3">
        <span>{first.day.slice(5)}</span>
        <span>dashes: 80 %</span>
        <span>{last.day.slice(5)}</span>
      </figcaption>
    </figure>
  );
}
