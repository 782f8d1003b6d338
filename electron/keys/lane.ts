/** Jobs that wait for one API. */
export interface Lane<J> {
  push(job: J): void;
  /** Jobs that wait or run. */
  readonly open: number;
}

/**
 * Works off jobs in their order, `width()` at a time. Wide enough to keep an API's quota busy over
 * the time that an answer takes, and no wider: what waits, waits here and not in the gateway, where
 * it would stand before an operator's own call. `run` must not reject.
 */
export function createLane<J>(width: () => number, run: (job: J) => Promise<void>): Lane<J> {
  let waiting: J[] = [];
  let next = 0;
  let running = 0;

  function start(): void {
    running++;
    void work();
  }

  async function work(): Promise<void> {
    for (let turns = 1; next < waiting.length && running <= width(); turns++) {
      const job = waiting[next++] as J;
      if (next === waiting.length) {
        waiting = [];
        next = 0;
      }
      if (running < width() && next < waiting.length) start(); // the width may have grown
      await run(job);
      // Jobs that end without waiting for anything would otherwise hold the event loop.
      if (turns % 50 === 0) await new Promise(setImmediate);
    }
    running--;
  }

  return {
    push(job) {
      waiting.push(job);
      if (running < width()) start();
    },
    get open() {
      return waiting.length - next + running;
    },
  };
}

/**
 * How many calls have to be under way so that `perSecond` answers come a second, from far away and on a
 * busy machine too. A fast API gets fewer than it could use: it waits for the slow ones in the end, and
 * must not take their share of the machine.
 */
export function laneWidth(perSecond: number): number {
  const secondsPerAnswer = 0.6;
  const most = perSecond > 150 ? 24 : 64;
  return Math.min(most, Math.max(4, Math.ceil(perSecond * secondsPerAnswer)));
}
