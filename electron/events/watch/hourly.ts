import type { HourlyCounts } from '../../../shared/model/events/watch/habit';

/** Counts by hour, with the hour that is still open. */
export interface Hourly extends HourlyCounts {
  hour: number;
  count: number;
  /** Since when, in seconds, what is usual is known; as of its last event. */
  knownSince: number;
}

/** Opens a series with its first event. */
export function newHourly(hour: number, knownSince: number): Hourly {
  return { hour, count: 0, hours: [], counts: [], knownSince };
}

/** Counts an event; an hour that is over goes to `closed` first, while the series ends before it. */
export function countHour(
  series: Hourly,
  hour: number,
  knownSince: number,
  closed: (series: Hourly) => void,
): void {
  if (hour !== series.hour) {
    closed(series);
    series.hours.push(series.hour);
    series.counts.push(series.count);
    series.hour = hour;
    series.count = 0;
  }
  series.count += 1;
  series.knownSince = knownSince;
}
