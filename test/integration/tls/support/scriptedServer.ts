import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { TlsVersion } from '../../../../shared/model/tls/scan';
import { Reader, Writer, decodeU16s } from '../../../../electron/tls/wire/bytes';
import { extensionType } from '../../../../electron/tls/wire/extensions';
import { contentType, encodeRecord } from '../../../../electron/tls/wire/records';
import { readExtensions } from '../../../../electron/tls/wire/serverHello';
import { versionCode, versionOf } from '../../../../electron/tls/wire/versions';

/** What a scripted server sees of a hello. */
export interface SeenHello {
  /** Undefined for SSLv2's own hello and for what is none. */
  readonly version: TlsVersion | undefined;
  readonly suites: readonly number[];
  readonly groups: readonly number[];
  /** With its record header. */
  readonly bytes: number;
}

export interface ScriptedServer {
  readonly port: number;
  /** Connections so far. */
  readonly count: () => number;
  /** Open right now. */
  readonly open: () => number;
  close(): Promise<void>;
}

/** Plays an answer to a hello; `nth` counts connections from 1. */
export type Script = (hello: SeenHello, socket: Socket, nth: number) => void;

/** A server on loopback that reads the first bytes of each connection as a hello and plays a script. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    count += 1;
    const nth = count;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    socket.once('data', (bytes) => script(readHello(bytes), socket, nth));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    count: () => count,
    open: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Our hellos come in one piece on loopback. */
function readHello(bytes: Buffer): SeenHello {
  const none = { version: undefined, suites: [], groups: [], bytes: bytes.length };
  if (bytes[0] !== contentType.handshake) return none;
  const reader = new Reader(bytes.subarray(9));
  const legacy = reader.u16();
  reader.bytes(32);
  reader.vector8();
  const suites = decodeU16s(reader.vector16());
  reader.vector8();
  const extensions = reader.remaining > 0 ? readExtensions(reader.vector16()) : new Map();
  const groups = extensions.get(extensionType.supportedGroups);
  return {
    version: extensions.has(extensionType.supportedVersions) ? 'TLS1.3' : versionOf(legacy),
    suites,
    groups: groups ? decodeU16s(groups.subarray(2)) : [],
    bytes: bytes.length,
  };
}

/** A ServerHello up to TLS 1.2 and a ServerHelloDone. */
export function serverHello(version: TlsVersion, suite: number): Buffer {
  const hello = new Writer()
    .u16(versionCode[version])
    .bytes(Buffer.alloc(32, 7))
    .vector8(Buffer.alloc(0))
    .u16(suite)
    .u8(0)
    .build();
  const messages = new Writer().u8(2).vector24(hello).u8(14).vector24(Buffer.alloc(0)).build();
  return encodeRecord(contentType.handshake, versionCode[version], messages);
}

/** A fatal alert. */
export function fatalAlert(description: number): Buffer {
  return encodeRecord(contentType.alert, 0x0303, Buffer.from([2, description]));
}

export const handshakeFailure = 40;
export const protocolVersion = 70;

/** Takes some suites of some versions in the server's order, and refuses all else as it should be. */
export function proper(
  accepted: Readonly<Partial<Record<TlsVersion, readonly number[]>>>,
): (hello: SeenHello, socket: Socket) => void {
  return ({ version, suites }, socket) => {
    const list = version && accepted[version];
    const suite = list?.find((one) => suites.includes(one));
    if (version && suite !== undefined) socket.end(serverHello(version, suite));
    else socket.end(fatalAlert(list ? handshakeFailure : protocolVersion));
  };
}
