/**
 * Lets work go on in small portions, so that answers which arrive together are not worked off in one
 * piece: between two portions the event loop does what else there is, such as an operator's click.
 */
export interface Turnstile {
  /** Resolves in the order of asking, a few for each turn of the event loop. */
  pass(): Promise<void>;
}

/** Some 0.5 ms of work each. */
const perTurn = 8;

export function createTurnstile(): Turnstile {
  const waiting: (() => void)[] = [];
  let called = 0;

  // Node settles promises after each immediate, so every call here is a piece of work of its own.
  function admit(): void {
    called -= 1;
    waiting.shift()?.();
    if (called === 0) call();
  }

  function call(): void {
    while (called < Math.min(perTurn, waiting.length)) {
      called += 1;
      setImmediate(admit);
    }
  }

  return {
    pass() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (called === 0) call();
      });
    },
  };
}
