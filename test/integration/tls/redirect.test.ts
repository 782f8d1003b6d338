import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { probeRedirect } from '../../../electron/tls/http/redirect';
import { loopbackDialer } from './support/loopbackDialer';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A plain server on loopback that says this to whoever asks, and closes unless told to wait. */
async function answering(text: string, stay = false): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => (stay ? socket.write(text) : socket.end(text)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

const moved = (location: string) =>
  `HTTP/1.1 301 Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;

test.each([
  [moved('https://localhost/'), 'yes'],
  [moved('https://LOCALHOST:8443/x'), 'yes'],
  [moved('//localhost/'), 'no'],
  [moved('https://elsewhere.example/'), 'no'],
  [moved('http://localhost/'), 'no'],
  [moved('/login'), 'no'],
  [moved('https://['), 'no'],
  ['HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n', 'no'],
  ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi', 'no'],
  ['220 mail\r\n', 'no'],
  ['', 'unknown'],
])('%j: %s', async (text, value) => {
  const port = await answering(text);
  const redirect = await probeRedirect(loopbackDialer(443), 'localhost', port);
  expect(redirect.value).toBe(value);
});

test('an answer without an end is read as far as it must be', async () => {
  const port = await answering(moved('https://localhost/'), true);
  expect(await probeRedirect(loopbackDialer(443), 'localhost', port)).toEqual({
    value: 'yes',
    status: 301,
    location: 'https://localhost/',
  });
});

test('a closed port redirects nobody', async () => {
  const port = await answering('');
  await closers.pop()?.();
  expect(await probeRedirect(loopbackDialer(443), 'localhost', port)).toMatchObject({
    value: 'no',
  });
});
