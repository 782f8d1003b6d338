import type { Tone } from '../ui';

/** Milliseconds of a day. */
const dayMs = 86_400_000;

/** Whole days until a certificate ends, at the present time; negative after it. NaN for no time. */
export function daysUntil(notAfter: string, nowMs: number): number {
  return Math.floor((Date.parse(notAfter) - nowMs) / dayMs);
}

export const expiryBuckets = ['expired', '7', '14', '30', '90', 'later'] as const;
export type ExpiryBucket = (typeof expiryBuckets)[number];

/** The time left as the filter has it: the guide warns at 30, 14 and 7 days. */
export function expiryBucket(days: number): ExpiryBucket {
  if (days < 0) return 'expired';
  for (const bucket of ['7', '14', '30', '90'] as const) if (days < Number(bucket)) return bucket;
  return 'later';
}

/** `42 days`, `today`, `expired 3 days ago`. */
export function expiryWords(days: number): string {
  if (days < -1) return `expired ${-days} days ago`;
  if (days < 0) return 'expired';
  if (days === 0) return 'ends today';
  return days === 1 ? '1 day' : `${days.toLocaleString('en')} days`;
}

/** Colour for the time left; the words say the same. */
export function expiryTone(days: number): Tone {
  if (days < 14) return 'fail';
  return days < 30 ? 'stale' : 'pass';
}
