/** Holds work while it is shut; a cancelled one is let through, so that it ends. */
export interface Gate {
  readonly pass: () => Promise<void>;
  set(shut: boolean): void;
}

export function createGate(signal: AbortSignal): Gate {
  let waiting: Promise<void> | undefined;
  let open = () => {};
  return {
    pass: () => waiting ?? Promise.resolve(),
    set(shut) {
      if (!shut || signal.aborted) {
        waiting = undefined;
        open();
      } else if (!waiting) {
        waiting = new Promise((resolve) => {
          open = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
  };
}
