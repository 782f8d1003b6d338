import type { Socket } from 'node:net';
import type { Connection, ReadOutcome } from './types';

export interface ConnectionOptions {
  readonly readTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Counted up. */
  readonly stats: { bytesIn: number; bytesOut: number };
}

type End = Exclude<ReadOutcome, { kind: 'data' }>['kind'];

/** Reads and writes a connected socket within the bounds; destroys it when its whole time is over. */
export function createConnection(socket: Socket, options: ConnectionOptions): Connection {
  const { maxBytes, signal, stats } = options;
  const arrived: Buffer[] = [];
  let received = 0;
  let ended: End | undefined;
  let wake: (() => void) | undefined;

  function end(kind: End): void {
    ended ??= kind;
    clearTimeout(lifetime);
    signal.removeEventListener('abort', abort);
    socket.destroy();
    wake?.();
  }
  const abort = () => end('reset');
  const lifetime = setTimeout(() => end('timeout'), options.connectionTimeoutMs);
  signal.addEventListener('abort', abort, { once: true });

  socket.on('data', (bytes: Buffer) => {
    if (ended) return;
    received += bytes.length;
    stats.bytesIn += bytes.length;
    arrived.push(bytes);
    if (received > maxBytes) end('limit');
    wake?.();
  });
  socket.once('end', () => end('closed'));
  socket.once('error', () => end('reset'));
  socket.once('close', () => end('closed'));
  if (signal.aborted) abort();

  /** What can be told at once: bytes first, then how it ended. */
  function ready(): ReadOutcome | undefined {
    const bytes = arrived.splice(0);
    if (bytes.length > 0) return { kind: 'data', bytes: Buffer.concat(bytes) };
    return ended && { kind: ended };
  }

  return {
    write(bytes) {
      if (ended) return;
      stats.bytesOut += bytes.length;
      socket.write(bytes);
    },
    async read(timeoutMs = options.readTimeoutMs) {
      const now = ready();
      if (now) return now;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = undefined;
      return ready() ?? { kind: 'timeout' };
    },
    close: () => end('closed'),
  };
}
