import type { WatchSettings } from './rules';

/** Counts by hour (hours since 1970), oldest first, without the empty ones. */
export interface HourlyCounts {
  readonly hours: number[];
  readonly counts: number[];
}

/** What is usual at an hour of the day. */
export interface Habit {
  /** Over so many days before. */
  readonly days: number;
  readonly median: number;
  /** Scaled median absolute deviation: what a standard deviation is where counts are normal. */
  readonly spread: number;
  /** The most in any one hour of the five weeks before: a weekly job is no surprise. */
  readonly busiest: number;
}

const habitDays = 28;
const busiestDays = 35;
/** Makes the median absolute deviation comparable with a standard deviation (Rousseeuw and Croux 1993). */
const normal = 1.4826;
/** So many spreads above the median; Poisson counts reach 10 in no one's lifetime. */
const spreads = 10;
/** So far above the busiest hour before. */
const aboveBusiest = 1.5;

/**
 * The habit of an hour, by the same hour of the days before; hours without a count are zeros.
 * @param knownFrom the hour since which counts are known
 */
export function habitAt({ hours, counts }: HourlyCounts, hour: number, knownFrom: number): Habit {
  const days = Math.min(habitDays, Math.max(0, Math.floor((hour - knownFrom) / 24)));
  const same: number[] = [];
  let busiest = 0;
  for (let i = hours.length - 1; i >= 0; i -= 1) {
    const back = hour - (hours[i] ?? 0);
    if (back > busiestDays * 24) break;
    if (back <= 0) continue;
    const count = counts[i] ?? 0;
    if (count > busiest) busiest = count;
    if (back % 24 === 0 && back <= days * 24) same.push(count);
  }
  while (same.length < days) same.push(0);
  const median = medianOf(same);
  const spread = normal * medianOf(same.map((count) => Math.abs(count - median)));
  return { days, median, spread, busiest };
}

/** Whether a count is far above the habit: by all of minimum, multiple, spread and busiest hour. */
export function isFarAbove(
  count: number,
  habit: Habit,
  { minimum, times }: { readonly minimum: number; readonly times: WatchSettings['volumeTimes'] },
): boolean {
  const { median, spread, busiest } = habit;
  return (
    count >= minimum &&
    count >= times * median &&
    // Where all days were alike the spread is none: then that of a Poisson count.
    count > median + spreads * Math.max(spread, Math.sqrt(median)) &&
    count > aboveBusiest * busiest
  );
}

/** The middle of some numbers; of an even count the mean of the two; 0 of none. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
