import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createServer as createTlsServer } from 'node:tls';
import { Reader, Writer } from '../../../electron/tls/wire/bytes';
import { encodeRecord } from '../../../electron/tls/wire/records';
import { mutated, noise, type Random } from './mutate';

export interface HostileServer {
  readonly port: number;
  close(): Promise<void>;
}

/** What the server does with a connection. Timers end with the socket. */
export type Behaviour = (socket: Socket, random: Random) => void;

/** A server on loopback that treats every connection so. */
export async function startHostileServer(
  behaviour: Behaviour,
  random: Random,
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('end', () => socket.end());
    behaviour(socket, random);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closeAll(server, sockets),
  };
}

async function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
}

/** Listens and is stopped before it accepts: connections wait in the kernel, then none comes about. */
export async function startStoppedServer(): Promise<HostileServer> {
  const script = `
    const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      console.log(server.address().port);
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  child.kill('SIGSTOP');
  return {
    port: Number(line),
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const version = 0x0303;
const record = (bytes: Buffer) => encodeRecord(22, version, bytes);
const message = (type: number, body: Buffer) => new Writer().u8(type).vector24(body).build();
const serverHello = (suite: number, extensions = Buffer.alloc(0)) =>
  message(
    2,
    new Writer()
      .u16(version)
      .bytes(Buffer.alloc(32, 7))
      .vector8(Buffer.alloc(0))
      .u16(suite)
      .u8(0)
      .vector16(extensions)
      .build(),
  );

/** Servers with which nobody can shake hands. */
export const speechless: Readonly<Record<string, Behaviour>> = {
  'says nothing': (socket) => void socket.resume(),
  'never reads': (socket) => void socket.pause(),
  'closes at once': (socket) => void socket.end(),
  'resets at once': (socket) => void socket.resetAndDestroy(),
  'resets at the hello': (socket) => void socket.once('data', () => socket.resetAndDestroy()),
  'closes its half at the hello, and listens on': (socket) =>
    void socket.once('data', () => socket.end()),
  'drips nonsense': (socket, random) => every(socket, 5, () => noise(random, 1)),
  'drips a record': (socket) => {
    socket.resume().write(Buffer.from('1603034000', 'hex'));
    every(socket, 5, () => Buffer.alloc(1));
  },
  'floods with nonsense': (socket, random) => flood(socket, noise(random, 65_536)),
  'floods with warnings': (socket) =>
    flood(socket, repeated(encodeRecord(21, version, Buffer.from([1, 90])))),
  'floods with requests to say hello': (socket) =>
    flood(socket, repeated(record(message(0, Buffer.alloc(0))))),
  'floods with empty records': (socket) => flood(socket, repeated(record(Buffer.alloc(0)))),
  'speaks SSH': (socket) => void socket.resume().write('SSH-2.0-OpenSSH_9.2p1\r\n'),
  'speaks HTTP': (socket) =>
    void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  echoes: (socket) => void socket.pipe(socket),
};

/** Servers that begin a handshake, or seem to, and lead nowhere. */
export const endless: Readonly<Record<string, Behaviour>> = {
  'sends certificates without end': (socket) =>
    atHello(socket, () => {
      socket.write(record(serverHello(0xc02f)));
      flood(socket, repeated(record(message(11, Buffer.from('000003000000', 'hex')))));
    }),
  'sends one certificate without end, byte by byte': (socket) =>
    atHello(socket, () => {
      socket.write(record(serverHello(0xc02f)));
      socket.write(record(Buffer.from('0b03ffff', 'hex')));
      flood(socket, repeated(record(Buffer.alloc(1))));
    }),
  'takes always the same suite, offered or not': (socket) =>
    atHello(socket, () => socket.end(record(serverHello(0xc02f)))),
  'takes a suite that nobody knows': (socket) =>
    atHello(socket, () => socket.end(record(serverHello(0xfafa)))),
  'asks for another hello without end': (socket) => {
    const retry = Buffer.from(
      'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c',
      'hex',
    );
    const extensions = Buffer.from('002b00020304003300020017', 'hex');
    const body = new Writer().u16(version).bytes(retry).vector8(Buffer.alloc(0)).u16(0x1301).u8(0);
    const answer = record(message(2, body.vector16(extensions).build()));
    socket.on('data', () => socket.write(answer));
  },
  'takes whatever comes first, and hangs up': (socket) =>
    atHello(socket, (hello) => socket.end(record(serverHello(firstSuite(hello))))),
};

/** What a server of TLS does to who has finished a handshake with it. */
export const faithless: Readonly<Record<string, Behaviour>> = {
  'never answers a request': (socket) => void socket.resume(),
  'resets after the handshake': (socket) => void socket.destroy(),
  'answers with a header without end': (socket) =>
    atHello(socket, () => {
      socket.write('HTTP/1.1 200 OK\r\nX: ');
      flood(socket, Buffer.alloc(65_536, 'a'));
    }),
  'answers with a body without end': (socket) =>
    atHello(socket, () => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      flood(socket, repeated(Buffer.from('1\r\na\r\n')));
    }),
  'drips its answer': (socket) =>
    atHello(socket, () => {
      socket.write('HTTP/1.1 200 OK\r\n');
      every(socket, 5, () => Buffer.from('a'));
    }),
  'talks of other things': (socket, random) => flood(socket, noise(random, 65_536)),
};

/** A TLS server on loopback that finishes every handshake, and then treats the connection so. */
export async function startFaithlessServer(
  behaviour: Behaviour,
  random: Random,
  certificate: { readonly key: Buffer; readonly cert: Buffer },
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createTlsServer(certificate, (socket) => behaviour(socket, random));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket) => socket.on('error', () => {}));
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => closeAll(server, sockets) };
}

/** Answers each hello with a changed flight of a real one. */
export function garbling(flights: readonly Buffer[]): Behaviour {
  return (socket, random) =>
    atHello(socket, () => {
      socket.write(mutated(flights, random));
      if (random(3) > 0) socket.end();
    });
}

function atHello(socket: Socket, answer: (hello: Buffer) => void): void {
  socket.once('data', (bytes: Buffer) => {
    socket.resume();
    answer(bytes);
  });
}

/** The first suite of a hello of TLS; of anything else, one that it may have meant. */
function firstSuite(hello: Buffer): number {
  try {
    const reader = new Reader(hello.subarray(9));
    reader.bytes(34);
    reader.vector8();
    return new Reader(reader.vector16()).u16();
  } catch {
    return 0x002f;
  }
}

function every(socket: Socket, ms: number, bytes: () => Buffer): void {
  socket.resume();
  const timer = setInterval(() => {
    if (socket.writable) socket.write(bytes());
  }, ms);
  socket.on('close', () => clearInterval(timer));
}

/** As fast as the other side takes it. */
function flood(socket: Socket, bytes: Buffer): void {
  socket.resume();
  const more = () => {
    while (socket.writable && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}

function repeated(bytes: Buffer): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil(65_536 / bytes.length) }, () => bytes));
}
