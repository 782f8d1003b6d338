import type { Forecast } from './report';

/** A forecast from fewer days would be a guess. */
const fewestDays = 14;
/** A slope within so many standard errors of zero may be chance. */
const certain = 2;
/** Beyond that a straight line says nothing any more. */
const farDays = 365;

/**
 * Where daily peaks lead: a straight line through them (least squares) with their spread around it.
 * @param peaks of whole days as shares of the quota, oldest first, without a day left out
 */
export function forecastOf(peaks: readonly number[]): Forecast {
  const days = peaks.length;
  if (days < fewestDays) {
    return {
      kind: 'too-little-data',
      text: `Too little data for a forecast: ${days} whole days, ${fewestDays} are needed.`,
      days,
    };
  }
  const middle = (days - 1) / 2;
  const mean = peaks.reduce((sum, peak) => sum + peak, 0) / days;
  const width = peaks.reduce((sum, _, day) => sum + (day - middle) ** 2, 0);
  const slope = peaks.reduce((sum, peak, day) => sum + (day - middle) * (peak - mean), 0) / width;
  const rest = peaks.reduce(
    (sum, peak, day) => sum + (peak - mean - slope * (day - middle)) ** 2,
    0,
  );
  const spread = Math.sqrt(rest / (days - 2));
  const known = { days, perDay: slope, spread };
  if (Math.abs(slope) <= (certain * spread) / Math.sqrt(width)) {
    const text = `No trend beyond the spread of the daily peaks (±${points(spread)}).`;
    return { kind: 'no-trend', text, ...known };
  }
  const pace = `The daily peak ${slope > 0 ? 'grows' : 'falls'} by ${points(Math.abs(slope))} a day (±${points(spread)} around the line)`;
  if (slope < 0) return { kind: 'falling', text: `${pace}.`, ...known };
  const now = mean + slope * middle;
  const daysLeft = Math.max(0, (1 - now) / slope);
  if (daysLeft > farDays) {
    return {
      kind: 'rising',
      text: `${pace}; at this pace the quota is over a year away.`,
      ...known,
    };
  }
  const left = Math.round(daysLeft);
  return {
    kind: 'rising',
    text: `${pace}: at this pace it reaches the quota in about ${left} ${left === 1 ? 'day' : 'days'}.`,
    ...known,
    daysLeft,
  };
}

/** Of a share, in points of a percent. */
function points(share: number): string {
  const value = share * 100;
  return `${value < 0.1 ? value.toFixed(2) : value.toFixed(1)} points`;
}
