/**
 * The practice account's clock: the machine's, moved by the operator. Everything in the account is
 * dated by it; only signatures are checked against real time.
 */
export interface PracticeClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Moves the clock forward or back by so many milliseconds; it goes on running from there. */
  readonly advance: (ms: number) => void;
  readonly set: (ms: number) => void;
}

/** A clock that runs with `realNow`, `offsetMs` away from it; `onMove` is told each new offset. */
export function createClock(
  realNow: () => number,
  offsetMs: number,
  onMove: (offsetMs: number) => void,
): PracticeClock {
  let offset = offsetMs;
  const move = (to: number) => {
    offset = to;
    onMove(offset);
  };
  return {
    now: () => realNow() + offset,
    advance: (ms) => move(offset + ms),
    set: (ms) => move(ms - realNow()),
  };
}
