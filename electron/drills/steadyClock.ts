import type { Neighbours } from './ports';

/** The practice account's clock is kept for a moment where it is read; so long a moved one may seem not to be. */
const settlesMs = 1000;

/**
 * The neighbours with a clock that does not seem to stand still after the practice account's was moved
 * on: what a drill writes down would be out of order.
 */
export function withSteadyClock(neighbours: Neighbours): Neighbours {
  const { connections, practice } = neighbours;
  if (!practice) return neighbours;
  let moved: { at: number; to: number } | undefined;
  return {
    ...neighbours,
    connections: {
      chosen: () => connections.chosen(),
      find: (id) => connections.find(id),
      identify: (id, signal) => connections.identify(id, signal),
      async now(id) {
        const now = await connections.now(id);
        if (id !== 'practice' || !moved) return now;
        const sinceMs = performance.now() - moved.at;
        return sinceMs > settlesMs ? now : new Date(Math.max(now.getTime(), moved.to + sinceMs));
      },
    },
    practice: {
      ...practice,
      async pass(ms) {
        const now = await practice.pass(ms);
        moved = { at: performance.now(), to: now.getTime() };
        return now;
      },
    },
  };
}
