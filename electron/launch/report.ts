/** How the launcher speaks to whoever started it. */
export interface Report {
  /** One line that stays. */
  line(text: string): void;
  /** How far a long step is; replaces the progress before it on a terminal. */
  progress(text: string): void;
}

/** Seconds between two progress lines where the output is no terminal (a log file, a pipeline). */
const logIntervalMs = 5_000;

/** A report to a stream, normally standard error: standard output belongs to the app. */
export function createReport(
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>,
  now: () => number = Date.now,
): Report {
  let open = false;
  let last = -Infinity;
  return {
    line(text) {
      stream.write(`${open ? '\r\u001b[K' : ''}${text}\n`);
      open = false;
    },
    progress(text) {
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${text}`);
        open = true;
      } else if (now() - last >= logIntervalMs) {
        last = now();
        stream.write(`${text}\n`);
      }
    },
  };
}

/** Bytes for people: `196 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
