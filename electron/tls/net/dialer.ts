import net from 'node:net';
import { createConnection } from './connection';
import { createTurnstile } from './turnstile';
import type { Dialer, DialerOptions, OpenOutcome } from './types';

/** Opens the connections of one address's scan; see {@link Dialer}. */
export function createDialer(options: DialerOptions): Dialer {
  const {
    target,
    signal,
    maxConnections,
    pauseMs,
    connectTimeoutMs,
    connect = net.connect,
  } = options;
  const stats = { connections: 0, bytesIn: 0, bytesOut: 0 };
  const turnstile = createTurnstile({ atOnce: maxConnections, pauseMs, signal });

  return {
    target,
    stats,
    signal,
    slowDown: () => turnstile.slowDown(),
    async open({ port = target.port } = {}) {
      const leave = await turnstile.enter();
      signal.throwIfAborted();
      stats.connections += 1;
      const socket = connect({ host: target.address, port, noDelay: true });
      socket.once('close', leave);
      const failure = await connected(socket, connectTimeoutMs, signal);
      if (failure) {
        socket.destroy();
        signal.throwIfAborted();
        return failure;
      }
      const connection = createConnection(socket, {
        readTimeoutMs: options.readTimeoutMs,
        connectionTimeoutMs: options.connectionTimeoutMs ?? 4 * options.readTimeoutMs,
        maxBytes: options.maxBytes,
        signal,
        stats,
      });
      return { kind: 'open', connection };
    },
  };
}

type Failure = Exclude<OpenOutcome, { kind: 'open' }>;

function connected(
  socket: net.Socket,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    const end = (failure?: Failure) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(failure);
    };
    const abort = () => end({ kind: 'timeout', why: 'The scan was cancelled.' });
    const timer = setTimeout(() => {
      end({ kind: 'timeout', why: `No connection within ${timeoutMs / 1000} s.` });
    }, timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => end());
    // Stays for good: an error without a listener would end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => end(failureOf(error)));
  });
}

function failureOf({ code = '', message }: NodeJS.ErrnoException): Failure {
  if (code === 'ECONNREFUSED') return { kind: 'refused', why: 'The connection was refused.' };
  if (code === 'ECONNRESET') return { kind: 'reset', why: 'The connection was reset.' };
  if (code === 'ETIMEDOUT') return { kind: 'timeout', why: 'The connection attempt timed out.' };
  return { kind: 'unreachable', why: `The address cannot be reached (${code || message}).` };
}
