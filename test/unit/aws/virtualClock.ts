import type { Clock } from '../../../electron/aws/clock';

export interface VirtualClock extends Clock {
  /** Moves time on, running what falls due in order; lets promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Timers that are set. */
  readonly pending: number;
}

/** A clock that only a test moves. */
export function createVirtualClock(): VirtualClock {
  let time = 0;
  const timers = new Set<{ at: number; work: () => void }>();
  const settle = async () => {
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  };
  return {
    now: () => time,
    get pending() {
      return timers.size;
    },
    after(ms, work) {
      const timer = { at: time + ms, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const until = time + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].sort((a, b) => a.at - b.at);
        if (!next || next.at > until) break;
        timers.delete(next);
        time = Math.max(time, next.at);
        next.work();
        await settle();
      }
      time = until;
    },
  };
}
