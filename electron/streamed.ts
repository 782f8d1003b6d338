/** The parts that `produce` writes, as they come; its failure ends the reading. */
export async function* streamed<T>(
  produce: (write: (part: T) => void) => Promise<void>,
): AsyncGenerator<T> {
  const parts: T[] = [];
  let wake = () => {};
  let ended: { error?: unknown } | undefined;
  const done = produce((part) => {
    parts.push(part);
    wake();
  }).then(
    () => (ended = {}),
    (error: unknown) => (ended = { error }),
  );
  void done.then(() => wake());
  for (;;) {
    const part = parts.shift();
    if (part !== undefined) yield part;
    else if (ended) {
      if (ended.error !== undefined) throw ended.error;
      return;
    } else {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (parts.length > 0 || ended) resolve();
      });
    }
  }
}
