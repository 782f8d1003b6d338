/**
 * Collects changed rows and hands them on in parts, each row once a part however often it changed.
 * The first part goes after `firstMs`, so that something is seen soon; later ones every `everyMs`.
 * Between parts the event loop gets its turn.
 */
export interface Outbox<T> {
  add(item: T): void;
  /** Hands on everything that waits; resolves when it has gone. */
  drain(): Promise<void>;
  /** Stops the timer; what waits is dropped unless drained before. */
  close(): void;
}

export function createOutbox<T>(options: {
  readonly send: (part: readonly T[]) => void;
  /** Called after every round, also when no row changed. */
  readonly afterRound: () => void;
  readonly firstMs: number;
  readonly everyMs: number;
  readonly size: number;
}): Outbox<T> {
  const { send, afterRound, firstMs, everyMs, size } = options;
  const waiting = new Set<T>();
  let closed = false;
  let draining: Promise<void> | undefined;
  let timer = setTimeout(round, firstMs);

  async function empty(): Promise<void> {
    while (waiting.size > 0) {
      const part: T[] = [];
      for (const item of waiting) {
        part.push(item);
        waiting.delete(item);
        if (part.length === size) break;
      }
      send(part);
      if (waiting.size > 0) await new Promise(setImmediate);
    }
  }

  function drain(): Promise<void> {
    draining ??= empty().finally(() => {
      draining = undefined;
    });
    return draining;
  }

  function round(): void {
    void drain().finally(() => {
      if (closed) return;
      afterRound();
      timer = setTimeout(round, everyMs);
    });
  }

  return {
    add: (item) => void waiting.add(item),
    drain,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
