import { setTimeout as delay } from 'node:timers/promises';

export interface Turnstile {
  /** Waits for a turn; the function ends it, once. Rejects with the signal's reason. */
  enter(): Promise<() => void>;
  /** Half as many at once (at least one), and twice the pause (at least `shortestPauseMs`). */
  slowDown(): void;
}

export interface TurnstileOptions {
  readonly atOnce: number;
  readonly pauseMs: number;
  readonly signal: AbortSignal;
}

const shortestPauseMs = 50;
const longestPauseMs = 2000;
/** Connections that break off in one burst count once. */
const slowDownEveryMs = 500;

/** Lets so many in at once, in the order in which they came, with a pause between two entries. */
export function createTurnstile({ signal, ...options }: TurnstileOptions): Turnstile {
  let { atOnce, pauseMs } = options;
  const waiting: { enter: () => void; fail: (reason: Error) => void }[] = [];
  let inside = 0;
  let nextEntry = 0;
  let pausing = false;
  let slowedAt = -Infinity;

  function admit(): void {
    while (waiting.length > 0 && inside < atOnce && !pausing) {
      const pause = nextEntry - performance.now();
      if (pause > 0) return void admitLater(pause);
      nextEntry = performance.now() + pauseMs;
      inside += 1;
      waiting.shift()?.enter();
    }
  }

  async function admitLater(pause: number): Promise<void> {
    pausing = true;
    await delay(pause, undefined, { signal }).catch(() => {}); // aborted: nobody waits any more
    pausing = false;
    admit();
  }

  signal.addEventListener('abort', () => {
    for (const { fail } of waiting.splice(0)) fail(signal.reason as Error);
  });

  return {
    async enter() {
      signal.throwIfAborted();
      await new Promise<void>((enter, fail) => {
        waiting.push({ enter, fail });
        admit();
      });
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        inside -= 1;
        admit();
      };
    },
    slowDown() {
      if (performance.now() - slowedAt < slowDownEveryMs) return;
      slowedAt = performance.now();
      atOnce = Math.max(1, Math.floor(atOnce / 2));
      pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, pauseMs * 2));
    },
  };
}
