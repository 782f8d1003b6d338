import { createDialer } from '../../../../electron/tls/net/dialer';
import type { Dialer } from '../../../../electron/tls/net/types';

/** A dialer to a port of loopback, with the limits of a scan. */
export function loopbackDialer(
  port: number,
  options: { readonly sni?: string | null; readonly signal?: AbortSignal } = {},
): Dialer {
  return createDialer({
    target: {
      address: '127.0.0.1',
      port,
      sni: options.sni === undefined ? 'localhost' : options.sni,
    },
    maxConnections: 4,
    pauseMs: 0,
    connectTimeoutMs: 5_000,
    readTimeoutMs: 5_000,
    maxBytes: 1_000_000,
    signal: options.signal ?? new AbortController().signal,
  });
}
