import {
  constants,
  createDecipheriv,
  createCipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  privateDecrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { prf } from '../../../../electron/tls/handshake/crypto/prf';
import { Reader, Writer } from '../../../../electron/tls/wire/bytes';
import { RecordReader } from '../../../../electron/tls/wire/records';

/** What is wrong with the server; each fault is one that no library at hand has. */
export interface Faults {
  /** ROBOT: the alert for a decrypted key exchange block, where the server tells of it at once. */
  readonly keyExchangeAlert?: (block: Buffer) => number | undefined;
  /** ROBOT: says nothing at all after a key exchange that this is true for, and keeps the connection. */
  readonly keyExchangeSilence?: (block: Buffer) => boolean;
  /** POODLE-TLS: `unchecked`; Zombie POODLE: another alert than for a wrong MAC. */
  readonly padding?: 'unchecked' | 'tells';
  /** What it says to who has finished a handshake, before any request. */
  readonly greeting?: string;
  /** Ticketbleed: session ids come back with 32 bytes. */
  readonly longSessionIds?: boolean;
  /** Gives tickets and takes none of them. */
  readonly forgetsTickets?: boolean;
  /** CCS injection, with the alert that OpenSSL on a socket sends. */
  readonly earlyChange?: 'taken' | 'ignored';
}

export interface FaultyServer {
  readonly port: number;
  close(): Promise<void>;
}

const suite = 0x002f; // TLS_RSA_WITH_AES_128_CBC_SHA
const version = 0x0303;
const supportedGroups = 10;
const type = { change: 20, alert: 21, handshake: 22, data: 23 };

/** A TLS 1.2 server of one suite on loopback, that answers HTTP and has the faults that it is given. */
export async function startFaultyServer(
  { key, cert }: { readonly key: string; readonly cert: string },
  faults: Faults = {},
): Promise<FaultyServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    converse(socket, { key, cert }, faults);
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

interface Keys {
  readonly mac: Buffer;
  readonly key: Buffer;
}

function converse(socket: Socket, pem: { key: string; cert: string }, faults: Faults): void {
  const records = new RecordReader();
  const transcript: Buffer[] = [];
  const serverRandom = randomBytes(32);
  let clientRandom: Buffer = Buffer.alloc(0);
  let wantsTicket = false;
  let masterSecret: Buffer | undefined;
  let clientKeys: Keys | undefined;
  let received = 0;
  let silent = false;
  let finished = false;

  const write = (recordType: number, payload: Buffer) =>
    socket.write(new Writer().u8(recordType).u16(version).vector16(payload).build());
  const alert = (description: number) => {
    const fatal = Buffer.from([2, description]);
    if (finished && masterSecret) {
      socket.write(seal(type.alert, fatal, keysFrom(masterSecret).server, 1));
    } else {
      write(type.alert, fatal);
    }
    socket.end();
  };
  const say = (messageType: number, body: Buffer) => {
    const message = new Writer().u8(messageType).vector24(body).build();
    transcript.push(message);
    write(type.handshake, message);
  };

  socket.on('data', (bytes) => {
    records.push(bytes);
    for (;;) {
      const record = records.next();
      if (!record || 'garbage' in record || socket.writableEnded || silent) return;
      if (clientKeys) takeProtected(record.type, record.payload, clientKeys);
      else if (record.type === type.change) takeChange();
      else if (record.type === type.handshake) takeMessage(record.payload);
      else if (record.type !== type.alert) alert(10);
    }
  });

  function takeMessage(message: Buffer): void {
    transcript.push(message);
    const body = message.subarray(4);
    if (message[0] === 1) hello(body);
    else if (message[0] === 16 && transcript.length > 1) keyExchange(body);
    else alert(10);
  }

  function hello(body: Buffer): void {
    const reader = new Reader(body);
    reader.u16();
    clientRandom = Buffer.from(reader.bytes(32));
    const sessionId = reader.vector8();
    reader.vector16();
    reader.vector8();
    const extensions = new Reader(reader.remaining > 0 ? reader.vector16() : Buffer.alloc(0));
    let ticket: Buffer = Buffer.alloc(0);
    let namesGroups = false;
    while (extensions.remaining > 0) {
      const extension = extensions.u16();
      const data = extensions.vector16();
      namesGroups ||= extension === supportedGroups;
      if (extension === 35) {
        wantsTicket = true;
        ticket = data;
      }
    }
    // As strict as BoringSSL, which looks at this before it looks at a ticket.
    if (!namesGroups) {
      alert(40);
      return;
    }
    const resumes = ticket.length > 0 && !faults.forgetsTickets;
    const long = faults.longSessionIds
      ? Buffer.alloc(32 - sessionId.length, 0x6d)
      : Buffer.alloc(0);
    const answered = resumes ? Buffer.concat([sessionId, long]) : randomBytes(32);
    const hasTicket = new Writer().u16(35).vector16(Buffer.alloc(0)).build();
    const answer = new Writer().u16(version).bytes(serverRandom).vector8(answered).u16(suite).u8(0);
    if (wantsTicket) answer.vector16(hasTicket);
    say(2, answer.build());
    // A test asks no more of a resumed session than its hello.
    if (resumes) return;
    const der = new X509Certificate(pem.cert).raw;
    say(11, new Writer().vector24(new Writer().vector24(der).build()).build());
    say(14, Buffer.alloc(0));
  }

  function keyExchange(body: Buffer): void {
    const encrypted = new Reader(body).vector16();
    const key = createPrivateKey(pem.key);
    const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted);
    if (faults.keyExchangeSilence?.(block)) silent = true;
    const description = faults.keyExchangeAlert?.(block);
    if (description !== undefined) return alert(description);
    // As RFC 5246 section 7.4.7.1 has it: what is wrong shows no earlier than in the Finished.
    const secret = isRight(block) ? block.subarray(-48) : randomBytes(48);
    const randoms = Buffer.concat([clientRandom, serverRandom]);
    masterSecret = prf('sha256', secret, 'master secret', randoms, 48);
  }

  function takeChange(): void {
    if (!masterSecret && faults.earlyChange === 'ignored') return;
    if (!masterSecret && faults.earlyChange !== 'taken') return alert(10);
    clientKeys = keysFrom(masterSecret ?? Buffer.alloc(0)).client;
  }

  function takeProtected(recordType: number, payload: Buffer, keys: Keys): void {
    const opened = open(recordType, payload, keys, received++, faults.padding);
    if (typeof opened === 'number') return alert(opened);
    if (recordType === type.handshake && masterSecret) finish(opened, masterSecret);
    else if (recordType === type.data && masterSecret) {
      const response = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      socket.write(seal(type.data, response, keysFrom(masterSecret).server, 1));
    } else if (recordType === type.alert) socket.end();
  }

  function finish(message: Buffer, secret: Buffer): void {
    transcript.push(message);
    if (wantsTicket) say(4, new Writer().u32(300).vector16(randomBytes(64)).build());
    write(type.change, Buffer.from([1]));
    const hash = createHash('sha256').update(Buffer.concat(transcript)).digest();
    const verify = prf('sha256', secret, 'server finished', hash, 12);
    const answer = new Writer().u8(20).vector24(verify).build();
    socket.write(seal(type.handshake, answer, keysFrom(secret).server, 0));
    finished = true;
    if (faults.greeting) {
      const greeting = Buffer.from(faults.greeting);
      socket.write(seal(type.data, greeting, keysFrom(secret).server, 1));
    }
  }

  function keysFrom(secret: Buffer): { client: Keys; server: Keys } {
    const seed = Buffer.concat([serverRandom, clientRandom]);
    const reader = new Reader(prf('sha256', secret, 'key expansion', seed, 72));
    const macs = [reader.bytes(20), reader.bytes(20)] as const;
    const keys = [reader.bytes(16), reader.bytes(16)] as const;
    return { client: { mac: macs[0], key: keys[0] }, server: { mac: macs[1], key: keys[1] } };
  }
}

/** A PKCS#1 block with a premaster secret of TLS 1.2 (RFC 8017 section 7.2.1, RFC 5246 section 7.4.7.1). */
export function isRight(block: Buffer): boolean {
  const separator = block.indexOf(0, 2);
  return (
    startsRight(block) &&
    separator === block.length - 49 &&
    block.at(-48) === 3 &&
    block.at(-47) === 3
  );
}

export function startsRight(block: Buffer): boolean {
  return block[0] === 0 && block[1] === 2;
}

/** The content, or the alert to refuse it with. */
function open(
  recordType: number,
  payload: Buffer,
  { key, mac }: Keys,
  number: number,
  fault: Faults['padding'],
): Buffer | number {
  if (payload.length < 48 || payload.length % 16 !== 0) return 20;
  const decipher = createDecipheriv('aes-128-cbc', key, payload.subarray(0, 16)).setAutoPadding(
    false,
  );
  const inner = decipher.update(payload.subarray(16));
  const last = inner.at(-1) ?? 0;
  const start = inner.length - last - 1;
  if (start < 20) return fault === 'tells' ? 21 : 20;
  const padded = inner.subarray(start).every((byte) => byte === last);
  if (!padded && fault !== 'unchecked') return fault === 'tells' ? 21 : 20;
  const content = inner.subarray(0, start - 20);
  const sound = macOf(recordType, content, mac, number).equals(inner.subarray(start - 20, start));
  return sound ? content : 20;
}

function seal(recordType: number, content: Buffer, { key, mac }: Keys, number: number): Buffer {
  const iv = randomBytes(16);
  const inner = Buffer.concat([content, macOf(recordType, content, mac, number)]);
  const missing = 16 - (inner.length % 16);
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  const body = cipher.update(Buffer.concat([inner, Buffer.alloc(missing, missing - 1)]));
  return new Writer()
    .u8(recordType)
    .u16(version)
    .vector16(Buffer.concat([iv, body]))
    .build();
}

function macOf(recordType: number, content: Buffer, mac: Buffer, number: number): Buffer {
  const header = new Writer().u32(0).u32(number).u8(recordType).u16(version).u16(content.length);
  return createHmac('sha1', mac).update(header.build()).update(content).digest();
}
