import { createWaitingLine } from './waitingLine';

/** A limit on how much goes on at once. */
export interface Slots {
  /** Resolves with the function that gives the slot back, in the order of asking. */
  take(signal?: AbortSignal): Promise<() => void>;
}

/**
 * Keeps a slow or hanging server from collecting requests without end. It lies in front of the
 * socket pool because time spent waiting there would count as connecting.
 */
export function createSlots(count: number): Slots {
  const line = createWaitingLine();
  let free = count;
  const giveBack = () => {
    if (line.size > 0) line.admit();
    else free += 1;
  };
  return {
    async take(signal) {
      if (free > 0) free -= 1;
      else await line.join(signal);
      return giveBack;
    },
  };
}
