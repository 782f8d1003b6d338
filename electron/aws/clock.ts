/** Time as buckets and retries see it, so that tests can move it. */
export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  /** Runs `work` once after `ms`; the function given back calls it off. */
  after(ms: number, work: () => void): () => void;
}

/** The machine's own monotonic clock. */
export const machineClock: Clock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
