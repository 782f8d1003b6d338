import { AppError } from '../../shared/model/errors';

/** Callers who wait their turn: first come, first served; who gives up leaves without a gap. */
export interface WaitingLine {
  readonly size: number;
  /** Resolves when the caller is let in; rejects with `cancelled` when the signal aborts first. */
  join(signal: AbortSignal | undefined): Promise<void>;
  /** Lets the first one in. */
  admit(): void;
}

/** `onLeave` is called when a waiting caller has given up. */
export function createWaitingLine(onLeave: () => void = () => {}): WaitingLine {
  // A Set keeps the order of arrival and gives up a place anywhere in it at once.
  const waiting = new Set<() => void>();
  return {
    get size() {
      return waiting.size;
    },
    join(signal) {
      return new Promise((resolve, reject) => {
        const enter = () => {
          waiting.delete(enter);
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const leave = () => {
          waiting.delete(enter);
          reject(cancelled());
          onLeave();
        };
        if (signal?.aborted) return reject(cancelled());
        waiting.add(enter);
        signal?.addEventListener('abort', leave, { once: true });
      });
    },
    admit() {
      const [first] = waiting;
      first?.();
    },
  };
}

/** What a call rejects with whose caller gave up. */
export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}
