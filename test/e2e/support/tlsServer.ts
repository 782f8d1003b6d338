import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { createCertificates } from '../../integration/tls/support/opensslServer';

/** A server on loopback that a test starts, changes and stops. */
export interface TestServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A key and a self-signed certificate for `localhost`. */
export async function makeCertificate(): Promise<{ key: Buffer; cert: Buffer }> {
  const certificates = createCertificates();
  try {
    const { key, cert } = await certificates.of('rsa');
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    certificates.remove();
  }
}

/** Starts a TLS server that answers HTTP with 200; `port` to come back at an earlier place. */
export async function startTlsServer(options: TlsOptions, port = 0): Promise<TestServer> {
  const server = createServer(options, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
  });
  server.on('tlsClientError', () => {});
  return listening(server, port);
}

/** Starts a server that takes connections and never says a word. */
export async function startBlackHole(): Promise<TestServer> {
  return listening(createTcpServer(), 0);
}

async function listening(server: Server, port: number): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
