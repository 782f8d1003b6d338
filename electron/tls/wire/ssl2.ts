import { randomBytes } from 'node:crypto';
import type { Connection } from '../net/types';
import { DecodeError, Reader, Writer } from './bytes';

/** SSLv2's answer, or how it was refused. */
export type Ssl2Flight =
  | {
      readonly kind: 'hello';
      /** Three-byte kinds that both sides have; the client chooses. */
      readonly kinds: readonly number[];
      /** DER; absent where the server sent none. */
      readonly certificate?: Buffer;
      readonly connectionId: Buffer;
    }
  /** SSLv2's own error message; `0x0001` is "no cipher". */
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'closed' | 'reset' | 'timeout' | 'limit' }
  | { readonly kind: 'garbage'; readonly why: string };

const messageType = { error: 0, clientHello: 1, serverHello: 4 } as const;
const x509 = 1;

/** An SSLv2 CLIENT-HELLO with its record header ("The SSL Protocol", Netscape 1995, section 2.5). */
export function buildSsl2Hello(kinds: readonly number[], challenge = randomBytes(16)): Buffer {
  const specs = new Writer();
  for (const kind of kinds) specs.u24(kind);
  const list = specs.build();
  const message = new Writer()
    .u8(messageType.clientHello)
    .u16(0x0002)
    .u16(list.length)
    .u16(0)
    .u16(challenge.length)
    .bytes(list)
    .bytes(challenge)
    .build();
  return new Writer()
    .u16(0x8000 | message.length)
    .bytes(message)
    .build();
}

/** Reads a server's answer to {@link buildSsl2Hello}. Never rejects. */
export async function readSsl2Flight(
  connection: Connection,
  timeoutMs?: number,
): Promise<Ssl2Flight> {
  let received = Buffer.alloc(0);
  for (;;) {
    const flight = decodeSsl2Flight(received);
    if (flight) return flight;
    const outcome = await connection.read(timeoutMs);
    if (outcome.kind !== 'data') return { kind: outcome.kind };
    received = Buffer.concat([received, outcome.bytes]);
  }
}

/** The answer in these bytes; undefined where more are needed. */
export function decodeSsl2Flight(bytes: Buffer): Ssl2Flight | undefined {
  const message = messageIn(bytes);
  if (!message) return undefined;
  if (message.kind === 'garbage') return message;
  try {
    return decodeMessage(message.body);
  } catch (error) {
    if (error instanceof DecodeError) return { kind: 'garbage', why: error.message };
    throw error;
  }
}

/** Cuts the record: two bytes of header, three with padding (section 1.1). */
function messageIn(
  bytes: Buffer,
): { kind: 'body'; body: Buffer } | { kind: 'garbage'; why: string } | undefined {
  const [first] = bytes;
  if (first === undefined || bytes.length < 3) return undefined;
  // A server that speaks no SSLv2 may answer with a TLS or SSLv3 alert, or whatever else it has.
  if (first === 21 && bytes[1] === 3) return { kind: 'garbage', why: 'a TLS alert' };
  if (first >= 20 && first <= 24 && bytes[1] === 3) return { kind: 'garbage', why: 'a TLS record' };
  const padded = (first & 0x80) === 0;
  const length = bytes.readUInt16BE(0) & (padded ? 0x3fff : 0x7fff);
  const start = padded ? 3 : 2;
  const padding = padded ? bytes.readUInt8(2) : 0;
  if (length < 3 || padding >= length) return { kind: 'garbage', why: 'no SSLv2 record' };
  const type = bytes[start];
  if (type !== undefined && type !== messageType.error && type !== messageType.serverHello) {
    return { kind: 'garbage', why: `no SSLv2 answer begins with the type ${type}` };
  }
  if (bytes.length < start + length) return undefined;
  return { kind: 'body', body: bytes.subarray(start, start + length - padding) };
}

function decodeMessage(body: Buffer): Ssl2Flight {
  const reader = new Reader(body);
  if (reader.u8() === messageType.error) return { kind: 'error', code: reader.u16() };
  reader.u8(); // session id hit
  const certificateType = reader.u8();
  const version = reader.u16();
  if (version !== 0x0002) throw new DecodeError(`SSLv2 hello of version 0x${version.toString(16)}`);
  const certificateLength = reader.u16();
  const specsLength = reader.u16();
  const idLength = reader.u16();
  const certificate = reader.bytes(certificateLength);
  const specs = new Reader(reader.bytes(specsLength));
  const connectionId = reader.bytes(idLength);
  const kinds: number[] = [];
  while (specs.remaining > 0) kinds.push(specs.u24());
  const hasCertificate = certificateType === x509 && certificateLength > 0;
  return { kind: 'hello', kinds, connectionId, ...(hasCertificate && { certificate }) };
}
