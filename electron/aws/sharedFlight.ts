import { cancelled } from './waitingLine';

/**
 * Makes concurrent calls share one run of `work`. Who gives up leaves with `cancelled`; the run itself
 * is aborted only when nobody waits for it any more.
 */
export function createSharedFlight<T>(
  work: (signal: AbortSignal) => Promise<T>,
): (signal?: AbortSignal) => Promise<T> {
  let flight: { result: Promise<T>; abort: AbortController; waiting: number } | undefined;

  return async (signal) => {
    if (signal?.aborted) throw cancelled();
    if (!flight) {
      const abort = new AbortController();
      const started = { result: work(abort.signal), abort, waiting: 0 };
      flight = started;
      const land = () => {
        if (flight === started) flight = undefined;
      };
      started.result.then(land, land);
    }
    const shared = flight;
    shared.waiting += 1;
    let leave = () => {};
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => reject(cancelled());
      signal?.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([shared.result, left]);
    } finally {
      signal?.removeEventListener('abort', leave);
      shared.waiting -= 1;
      if (shared.waiting === 0 && flight === shared) {
        flight = undefined;
        shared.abort.abort();
      }
    }
  };
}
