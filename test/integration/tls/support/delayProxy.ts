import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A relay on loopback that holds every byte back for half a round trip in each direction, so that a
 * server seems to be that far away. A TCP handshake takes no time on loopback; `withConnect` lets the
 * first bytes of a connection wait for one round trip more instead.
 */
export async function startDelayProxy(
  port: number,
  roundTripMs: number,
  { withConnect = false } = {},
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const opened = performance.now() + (withConnect ? roundTripMs : 0);
    const far = connect({ host: '127.0.0.1', port, noDelay: true });
    relay(near, far, () => Math.max(0, opened - performance.now()) + roundTripMs / 2);
    relay(far, near, () => roundTripMs / 2);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
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

function relay(from: Socket, to: Socket, delayMs: () => number): void {
  const later = (act: () => void) => setTimeout(() => !to.destroyed && act(), delayMs());
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('end', () => later(() => to.end()));
  from.on('close', () => later(() => to.destroy()));
}
