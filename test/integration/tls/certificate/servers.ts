import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { createDialer } from '../../../../electron/tls/net/dialer';
import type { Dialer } from '../../../../electron/tls/net/types';
import type { ProtocolResult, TlsVersion } from '../../../../shared/model/tls/scan';

export interface Server {
  readonly port: number;
  close(): Promise<void>;
}

/** Debian's `openssl s_server` on a free port of loopback. */
export async function startOpenssl(cwd: string, args: readonly string[]): Promise<Server> {
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...args], { cwd });
  const ended = once(child, 'close');
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /^ACCEPT .*:(\d+)$/m.exec(output)?.[1];
      if (found !== undefined) resolve(Number(found));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => reject(new Error(output)));
  });
  return {
    port,
    async close() {
      child.kill();
      await ended;
    },
  };
}

/** A server of this runtime's library. */
export async function startNode(options: TlsOptions): Promise<Server> {
  const server = createServer(options, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => void server.close(() => resolve())) };
}

export function dialerTo(
  port: number,
  sni: string | null = 'example.test',
  { readTimeoutMs = 10_000, signal = new AbortController().signal } = {},
): Dialer {
  return createDialer({
    target: { address: '127.0.0.1', port, sni },
    maxConnections: 8,
    pauseMs: 0,
    connectTimeoutMs: 2000,
    readTimeoutMs,
    maxBytes: 1_000_000,
    signal,
  });
}

/** What a prober would have found; with no suites, all are asked for. */
export function offering(
  versions: Partial<Record<TlsVersion, readonly string[]>>,
): ProtocolResult[] {
  return Object.entries(versions).map(([version, ids]) => ({
    version: version as TlsVersion,
    offered: 'yes',
    suites: ids.map((id) => ({ id, name: id })),
    suitesComplete: ids.length > 0,
    preference: 'unknown',
  }));
}
