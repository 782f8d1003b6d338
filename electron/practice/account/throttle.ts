/** A token bucket a name: it holds one second's worth, at least one, and refills steadily. */
export interface Throttle {
  /** Takes one token, or says no. */
  take(name: string, perSecond: number): boolean;
}

/** @param now real milliseconds: quotas are about the machine's load, not the account's calendar */
export function createThrottle(now: () => number): Throttle {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(name, perSecond) {
      const time = now();
      const capacity = Math.max(1, perSecond);
      const bucket = buckets.get(name) ?? { tokens: capacity, at: time };
      const refill = ((time - bucket.at) / 1000) * perSecond;
      const tokens = Math.min(capacity, bucket.tokens + Math.max(0, refill));
      buckets.set(name, { tokens: tokens < 1 ? tokens : tokens - 1, at: time });
      return tokens >= 1;
    },
  };
}
