import { DecodeError, Reader } from '../../tls/wire/bytes';

/** What a practice server looks at in a client's first message. */
export type FirstMessage =
  | { readonly kind: 'ssl2'; readonly kinds: readonly number[] }
  | {
      readonly kind: 'tls';
      /** The highest that the hello's own field names: 0x0303 also for TLS 1.3. */
      readonly version: number;
      /** Of supported_versions; empty where it is not sent. */
      readonly versions: readonly number[];
      readonly suites: readonly number[];
      readonly signatureAlgorithms: readonly number[];
      readonly random: Buffer;
    }
  | { readonly kind: 'nonsense' };

const supportedVersions = 43;
const signatureAlgorithms = 13;

/** Reads a client's first bytes; undefined while more must come. At most one record of 16 KiB is looked at. */
export function readFirstMessage(bytes: Buffer): FirstMessage | undefined {
  if (bytes.length < 5) return undefined;
  try {
    return (bytes.readUInt8(0) & 0x80) === 0x80 ? readSsl2(bytes) : readTls(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return { kind: 'nonsense' };
    throw error;
  }
}

/** "The SSL Protocol" (Netscape 1995), section 2.5. */
function readSsl2(bytes: Buffer): FirstMessage | undefined {
  const length = bytes.readUInt16BE(0) & 0x7fff;
  if (bytes.length < length + 2) return undefined;
  const reader = new Reader(bytes.subarray(2, length + 2));
  if (reader.u8() !== 1) return { kind: 'nonsense' };
  if (reader.u16() !== 0x0002) return { kind: 'nonsense' };
  const specsLength = reader.u16();
  reader.u16(); // session id
  reader.u16(); // challenge
  const specs = new Reader(reader.bytes(specsLength));
  const kinds: number[] = [];
  while (specs.remaining > 0) kinds.push(specs.u24());
  return { kind: 'ssl2', kinds };
}

/** RFC 8446 section 4.1.2, and the same before it. */
function readTls(bytes: Buffer): FirstMessage | undefined {
  if (bytes.readUInt8(0) !== 22) return { kind: 'nonsense' };
  const length = bytes.readUInt16BE(3);
  if (length > 2 ** 14) return { kind: 'nonsense' };
  if (bytes.length < length + 5) return undefined;
  const record = new Reader(bytes.subarray(5, length + 5));
  if (record.u8() !== 1) return { kind: 'nonsense' };
  const hello = new Reader(record.vector24());
  const version = hello.u16();
  const random = hello.bytes(32);
  hello.vector8(); // session id
  const suites = u16s(hello.vector16());
  hello.vector8(); // compression
  const extensions = new Map<number, Buffer>();
  const list = new Reader(hello.remaining > 0 ? hello.vector16() : Buffer.alloc(0));
  while (list.remaining > 0) extensions.set(list.u16(), list.vector16());
  const versions = extensions.get(supportedVersions);
  const schemes = extensions.get(signatureAlgorithms);
  return {
    kind: 'tls',
    version,
    random,
    suites,
    versions: versions ? u16s(new Reader(versions).vector8()) : [],
    signatureAlgorithms: schemes ? u16s(new Reader(schemes).vector16()) : [],
  };
}

function u16s(bytes: Buffer): number[] {
  const reader = new Reader(bytes);
  const values: number[] = [];
  while (reader.remaining > 0) values.push(reader.u16());
  return values;
}
