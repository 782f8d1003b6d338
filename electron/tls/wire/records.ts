import { Writer } from './bytes';

/** RFC 8446 section 5.1; heartbeat: RFC 6520. */
export const contentType = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
  heartbeat: 24,
} as const;

export interface TlsRecord {
  readonly type: number;
  /** As in its header: 0x0303 for TLS 1.2. */
  readonly version: number;
  readonly payload: Buffer;
}

/** The longest plaintext, and what encryption may add to it (RFC 5246 section 6.2.3). */
const maxPlaintext = 2 ** 14;
const maxPayload = maxPlaintext + 2048;
const headerLength = 5;

/** Cuts a stream into records. Keeps one unfinished record at most. */
export class RecordReader {
  #pending: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): void {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
  }

  /** What has come and is not part of a whole record yet. */
  get pending(): Buffer {
    return this.#pending;
  }

  /** The next whole record; undefined until more has come; `garbage` where this is no TLS (any more). */
  next(): TlsRecord | { readonly garbage: string } | undefined {
    const pending = this.#pending;
    if (pending.length === 0) return undefined;
    const type = pending.readUInt8(0);
    if (type < contentType.changeCipherSpec || type > contentType.heartbeat) {
      return { garbage: `no TLS record begins with the byte ${type}` };
    }
    if (pending.length < headerLength) return undefined;
    const version = pending.readUInt16BE(1);
    if (version >> 8 !== 3) return { garbage: `a record of version 0x${version.toString(16)}` };
    const length = pending.readUInt16BE(3);
    if (length > maxPayload) return { garbage: `a record of ${length} bytes` };
    if (pending.length < headerLength + length) return undefined;
    this.#pending = pending.subarray(headerLength + length);
    return { type, version, payload: pending.subarray(headerLength, headerLength + length) };
  }
}

/** The payload in as many records as it needs. */
export function encodeRecord(type: number, version: number, payload: Uint8Array): Buffer {
  const writer = new Writer();
  let offset = 0;
  do {
    const fragment = payload.subarray(offset, offset + maxPlaintext);
    writer.u8(type).u16(version).vector16(fragment);
    offset += maxPlaintext;
  } while (offset < payload.length);
  return writer.build();
}
