import { useRef, useState, type PointerEvent } from 'react';
import { outcomes, type Outcome } from '../../shared/model/events/event';
import type { Histogram } from '../../shared/model/events/query';
import { useUi, formatTime } from '../ui';
import { outcomeLooks } from './eventWords';

const height = 56;
/** Drawn from the bottom up. */
const fills: Readonly<Record<Outcome, string>> = {
  ok: 'fill-accent/45',
  failed: 'fill-unsure',
  throttled: 'fill-stale',
  denied: 'fill-fail',
};

/**
 * The matching events over time, stacked by outcome. Dragging over it zooms to that time; the times
 * in the bar above do the same by keyboard.
 */
export function EventHistogram({
  histogram,
  onZoom,
}: {
  histogram: Histogram;
  onZoom: (since: string, until: string) => void;
}) {
  const { timeZone } = useUi();
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const { buckets, bucketSeconds } = histogram;
  const start = Date.parse(histogram.from);
  const most = Math.max(1, ...buckets.map(sum));
  const timeAt = (index: number) => new Date(start + index * bucketSeconds * 1000);
  const label = (index: number) => formatTime(timeAt(index), timeZone, 'minute');

  const indexAt = (event: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    const share = (event.clientX - box.left) / box.width;
    return Math.min(buckets.length - 1, Math.max(0, Math.floor(share * buckets.length)));
  };
  if (buckets.length === 0) return null;
  const chosen = drag && [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
  return (
    <figure className="m-0 shrink-0 border-b px-3 pt-2 pb-1">
      <svg
        ref={svg}
        role="img"
        aria-label={summary(histogram, label(0), label(buckets.length))}
        viewBox={`0 0 ${buckets.length} ${height}`}
        preserveAspectRatio="none"
        className="block h-14 w-full cursor-crosshair touch-none"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = indexAt(event);
          setDrag({ from: at, to: at });
        }}
        onPointerMove={(event) => drag && setDrag({ from: drag.from, to: indexAt(event) })}
        onPointerUp={() => {
          setDrag(undefined);
          if (!chosen) return;
          const [from = 0, to = 0] = chosen;
          onZoom(
            timeAt(from).toISOString(),
            new Date(timeAt(to + 1).getTime() - 1000).toISOString(),
          );
        }}
        onPointerCancel={() => setDrag(undefined)}
      >
        {buckets.map((bucket, index) => {
          let top = height;
          return (
            <g key={timeAt(index).getTime()}>
              <title>{`${label(index)}: ${sum(bucket).toLocaleString('en')} events`}</title>
              <rect x={index} y={0} width={1} height={height} className="fill-transparent" />
              {(['ok', 'failed', 'throttled', 'denied'] as const).map((outcome) => {
                const count = bucket[outcome] ?? 0;
                if (count === 0) return null;
                // What is rare must still be seen.
                const tall = Math.max(1.5, (count / most) * height);
                top -= tall;
                return (
                  <rect
                    key={outcome}
                    x={index + 0.08}
                    y={Math.max(0, top)}
                    width={0.84}
                    height={tall}
                    className={fills[outcome]}
                  />
                );
              })}
            </g>
          );
        })}
        {chosen && (
          <rect
            x={chosen[0]}
            y={0}
            width={(chosen[1] ?? 0) - (chosen[0] ?? 0) + 1}
            height={height}
            className="fill-accent/20"
          />
        )}
      </svg>
      <figcaption className="flex justify-between pt-1 text-xs text-ink-3">
        <span>{label(0)}</span>
        <span className="flex gap-3">
          {outcomes.map((outcome) => (
            <span key={outcome} className="flex items-center gap-1">
              <svg aria-hidden viewBox="0 0 1 1" className="size-2.5">
                <rect width={1} height={1} className={fills[outcome]} />
              </svg>
              {outcomeLooks[outcome].word}
            </span>
          ))}
          <span>a bar is {lengthOf(bucketSeconds)}</span>
        </span>
        <span>{label(buckets.length)}</span>
      </figcaption>
    </figure>
  );
}

function sum(bucket: Histogram['buckets'][number]): number {
  return outcomes.reduce((total, outcome) => total + (bucket[outcome] ?? 0), 0);
}

function summary({ buckets }: Histogram, from: string, to: string): string {
  const counts = outcomes.map((outcome) => {
    const count = buckets.reduce((total, bucket) => total + (bucket[outcome] ?? 0), 0);
    return `${count.toLocaleString('en')} ${outcomeLooks[outcome].word.toLowerCase()}`;
  });
  return `Events from ${from} to ${to}: ${counts.join(', ')}`;
}

function lengthOf(seconds: number): string {
  const [n, unit] =
    seconds >= 86_400
      ? [seconds / 86_400, 'day']
      : seconds >= 3600
        ? [seconds / 3600, 'hour']
        : seconds >= 60
          ? [seconds / 60, 'minute']
          : [seconds, 'second'];
  return n === 1 ? `1 ${unit}` : `${n} ${unit}s`;
}
