export const daySeconds = 86_400;

/** Below so many nothing is known. */
const settledCount = 20;
/**
 * At most one in 200 by somebody seen once: the share of those tells how likely the next one is new
 * (I. J. Good, 1953).
 */
const settledShare = 0.005;

/** Whether one more that is new would be a surprise. */
export function isSettled(count: number, seenOnce: number): boolean {
  return count >= settledCount && seenOnce <= count * settledShare;
}
