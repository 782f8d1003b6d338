import { dayMs, hourMs } from '../cloudtrail/clockwork';
import type { MetricName, Metrics, Sample } from './metrics';

/** When, in milliseconds, and what. */
export type Datapoint = readonly [at: number, value: number];

/** Until it is so old, data is kept with that many seconds a point (CloudWatch user guide, "Metrics retention"). */
const kept: readonly (readonly [days: number, seconds: number])[] = [
  [15, 60],
  [63, 300],
  [455, 3600],
];

/**
 * A metric in periods, oldest first. A period that is finer than what is kept of its time has no data, as
 * with AWS.
 */
export function datapoints(
  metrics: Metrics,
  metric: MetricName,
  periodSeconds: number,
  statistic: string,
  range: { readonly from: number; readonly to: number; readonly now: number },
): Datapoint[] {
  const period = periodSeconds * 1000;
  const coarsest = kept.findLast(([, seconds]) => periodSeconds % seconds === 0);
  if (!coarsest) return [];
  const oldest = range.now - coarsest[0] * dayMs;
  const from = Math.max(Math.floor(range.from / period) * period, floorHour(oldest));
  const to = Math.min(range.to, range.now);
  if (from >= to) return [];
  const periods = new Map<number, Sample>();
  for (const [at, sample] of metrics.series(metric, from, to)) {
    const start = Math.floor(at / period) * period;
    const before = periods.get(start);
    periods.set(start, before ? together(before, sample) : sample);
  }
  const value = values[statistic] ?? (({ sum }: Sample) => sum);
  return [...periods].sort(([a], [b]) => a - b).map(([at, sample]) => [at, value(sample)]);
}

const values: Readonly<Record<string, (sample: Sample) => number>> = {
  Sum: ({ sum }) => sum,
  Maximum: ({ max }) => max,
  Minimum: ({ min }) => min,
  Average: ({ sum, count }) => sum / count,
  SampleCount: ({ count }) => count,
};

function together(a: Sample, b: Sample): Sample {
  return {
    sum: a.sum + b.sum,
    count: a.count + b.count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

function floorHour(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}
