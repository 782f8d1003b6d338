/** One record's content in clear. */
export interface PlainRecord {
  /** 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data, 24 heartbeat. */
  readonly type: number;
  readonly payload: Buffer;
}

/** What a probe may want to be wrong about a record that it sends. */
export interface SealOptions {
  /** Changes the CBC padding (all of it, its length byte last) in place, before it is encrypted. */
  readonly alterPadding?: (padding: Buffer) => void;
}

/** Protects what is sent: each call is one record, and the next sequence number. */
export interface Sealer {
  /** The whole record, header and all. */
  seal(type: number, payload: Uint8Array, options?: SealOptions): Buffer;
}

/** Undoes the peer's protection, record by record. */
export interface Opener {
  /** Null where the record does not verify. */
  open(header: Buffer, fragment: Buffer): PlainRecord | null;
}

/** A record's five bytes before its fragment. */
export function recordHeader(type: number, version: number, length: number): Buffer {
  const header = Buffer.alloc(5);
  header[0] = type;
  header.writeUInt16BE(version, 1);
  header.writeUInt16BE(length, 3);
  return header;
}

/** The record's sequence number in eight bytes. */
export function sequence(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUIntBE(value, 2, 6);
  return bytes;
}

/** The static IV with the sequence number laid over its end (RFC 8446 section 5.3, RFC 7905). */
export function xorNonce(iv: Buffer, value: number): Buffer {
  const nonce = Buffer.from(iv);
  const number = sequence(value);
  for (let i = 0; i < 8; i += 1) nonce[i + 4] = (nonce[i + 4] ?? 0) ^ (number[i] ?? 0);
  return nonce;
}
