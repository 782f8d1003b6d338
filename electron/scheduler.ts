import { setTimeout as delay } from 'node:timers/promises';

export interface SchedulerOptions {
  /** When the work is due next; undefined where it is not. */
  readonly nextAt: () => string | undefined;
  /** Does the work; afterwards `nextAt` says another time. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Told where the work did not come about; it is tried again an hour later. */
  readonly onFailed: (error: unknown) => void;
  readonly now: () => Date;
  /** From the start until work that was missed begins. */
  readonly graceMs: number;
}

export interface Scheduler {
  /** The schedule is another: the time is asked anew. */
  changed(): void;
  close(): void;
}

/** Looked at so often, as clocks are set and machines sleep. */
const longestWaitMs = 60_000;
const afterFailureMs = 3_600_000;

/** Starts work when it is due, as long as the program runs; what fell due before begins a little later. */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { nextAt, run, onFailed, now, graceMs } = options;
  const closing = new AbortController();
  const { signal } = closing;
  let changing = new AbortController();

  /** Ends early where the schedule changes. */
  async function wait(ms: number): Promise<void> {
    const early = AbortSignal.any([signal, changing.signal]);
    await delay(ms, undefined, { signal: early, ref: false }).catch(() => {});
    if (changing.signal.aborted) changing = new AbortController();
  }

  async function loop(): Promise<void> {
    await delay(graceMs, undefined, { signal, ref: false });
    while (!signal.aborted) {
      const due = nextAt();
      const leftMs = due === undefined ? Infinity : Date.parse(due) - now().getTime();
      if (leftMs > 0) {
        await wait(Math.min(leftMs, longestWaitMs));
        continue;
      }
      try {
        await run(signal);
      } catch (error) {
        if (signal.aborted) return;
        onFailed(error);
        await wait(afterFailureMs);
      }
    }
  }
  loop().catch(() => {}); // closed within the grace

  return { changed: () => changing.abort(), close: () => closing.abort() };
}
