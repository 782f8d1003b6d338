import type { Clock } from './clock';
import { isTlsCode, type Failure } from './failure';
import type { Tuning } from './types';
import { cancelled } from './waitingLine';

/**
 * How long to wait before a call is tried again (milliseconds), or undefined to give up. A write is
 * only repeated when AWS surely did not do it: it was throttled, or no connection came about.
 * `attempt` counts from 1. Backoff is exponential with full jitter (`random` gives 0 to 1).
 */
export function retryDelayMs(
  failure: Failure,
  writes: boolean,
  attempt: number,
  tuning: Tuning,
  random: () => number,
): number | undefined {
  const throttled = failure.kind === 'throttled';
  if (attempt >= (throttled ? tuning.throttledAttempts : tuning.failedAttempts)) return undefined;
  if (!(writes ? safeForWrites : safeForReads).has(failure.kind)) return undefined;
  if (failure.nodeCode !== undefined && lasts(failure.nodeCode)) return undefined;
  const ceiling = Math.min(tuning.maxBackoffMs, tuning.backoffMs * 2 ** (attempt - 1));
  return Math.max(random() * ceiling, failure.retryAfterMs ?? 0);
}

const safeForWrites = new Set<Failure['kind']>(['throttled', 'unconnected']);
const safeForReads = new Set<Failure['kind']>(['throttled', 'unconnected', 'broken', 'server']);

/** What no second attempt a moment later changes. */
function lasts(nodeCode: string): boolean {
  return isTlsCode(nodeCode) || ['ENOTFOUND', 'EACCES', 'EPERM'].includes(nodeCode);
}

/** Waits; rejects with `cancelled` as soon as the signal aborts. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const stop = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = () => {
      stop();
      reject(cancelled());
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
