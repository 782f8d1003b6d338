import type { Clock } from './clock';
import { cancelled, createWaitingLine } from './waitingLine';

/** A limit on requests per second that gives way further when AWS throttles. */
export interface TokenBucket {
  /** Resolves when one request may go, in the order of asking; rejects with `cancelled` on abort. */
  acquire(signal?: AbortSignal): Promise<void>;
  /** AWS throttled a request: halves the rate and, where AWS says how long, pauses. */
  slowDown(retryAfterMs?: number): void;
  /** AWS accepted a request: a slowed rate recovers step by step. */
  recover(): void;
  /** Requests per second now. */
  rate(): number;
}

/** A burst may be this part of a second's requests (but always one request). */
export const burstSeconds = 0.1;
/** What came due while callers waited and this process was held up may be made up for: so much of it. */
const catchUpSeconds = 0.5;
const smallestFactor = 1 / 64;
/** Throttled answers that belong to one burst of requests count once. */
const slowDownEveryMs = 500;
const recoverEveryMs = 1000;
const recoverStep = 0.1;
/** A waiting bucket looks again at least this often, because its rate may be changed at any time. */
const longestSleepMs = 1000;

/**
 * In any span of t seconds it lets at most `rate * t + max(1, rate * burstSeconds)` requests go; where
 * its timers came late, at most `rate * (t + catchUpSeconds)`, so that a busy machine loses no quota.
 * `perSecond` is asked each time, so a changed setting holds at once.
 */
export function createTokenBucket(options: {
  readonly perSecond: () => number;
  readonly clock: Clock;
}): TokenBucket {
  const { clock, perSecond } = options;
  const line = createWaitingLine(() => pump());
  let tokens = Infinity; // cut to the burst on first use
  let lookedAt = clock.now();
  let factor = 1;
  let changedAt = -Infinity;
  let pausedUntil = -Infinity;
  let stopTimer: (() => void) | undefined;

  const rate = () => perSecond() * factor;

  function refill(): void {
    const now = clock.now();
    const burst = Math.max(1, rate() * (line.size > 0 ? catchUpSeconds : burstSeconds));
    tokens = Math.min(burst, tokens + ((now - lookedAt) / 1000) * rate());
    lookedAt = now;
  }

  function pump(): void {
    stopTimer?.();
    stopTimer = undefined;
    refill();
    const pauseMs = pausedUntil - clock.now();
    if (pauseMs <= 0) {
      // The tolerance keeps rounding from costing a whole further turn of the timer.
      while (line.size > 0 && tokens >= 1 - 1e-6) {
        tokens -= 1;
        line.admit();
      }
    }
    if (line.size === 0) return;
    const tokenMs = ((1 - tokens) / rate()) * 1000;
    const sleepMs = Math.min(Math.max(pauseMs, tokenMs, 1), longestSleepMs);
    stopTimer = clock.after(Math.ceil(sleepMs), pump);
  }

  return {
    rate,
    async acquire(signal) {
      if (signal?.aborted) throw cancelled();
      if (rate() === Infinity) return;
      if (line.size === 0) refill(); // while nobody waited, no more than the burst came together
      const turn = line.join(signal);
      if (!stopTimer) pump();
      await turn;
    },
    slowDown(retryAfterMs = 0) {
      const now = clock.now();
      refill();
      tokens = 0;
      pausedUntil = Math.max(pausedUntil, now + retryAfterMs);
      if (now - changedAt < slowDownEveryMs) return;
      factor = Math.max(smallestFactor, factor / 2);
      changedAt = now;
    },
    recover() {
      const now = clock.now();
      if (factor === 1 || now - changedAt < recoverEveryMs) return;
      refill();
      factor = Math.min(1, factor + recoverStep);
      changedAt = now;
    },
  };
}
