import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { BlockName, HashName } from '../suites';
import { recordHeader, sequence, type Opener, type Sealer } from './types';

/** One direction's keys of a CBC suite. */
export interface BlockKeys {
  readonly name: BlockName;
  readonly version: number;
  readonly mac: HashName;
  readonly macKey: Buffer;
  readonly key: Buffer;
  /** TLS 1.0: the first record's; later versions send one with each record. */
  readonly iv: Buffer;
  /** The MAC is over the ciphertext (RFC 7366). */
  readonly encryptThenMac: boolean;
}

export const blockCiphers: Readonly<
  Record<
    BlockName,
    { readonly name: string; readonly keyLength: number; readonly blockLength: number }
  >
> = {
  AES_128_CBC: { name: 'aes-128-cbc', keyLength: 16, blockLength: 16 },
  AES_256_CBC: { name: 'aes-256-cbc', keyLength: 32, blockLength: 16 },
  '3DES_EDE_CBC': { name: 'des-ede3-cbc', keyLength: 24, blockLength: 8 },
};

/** Protects records with a CBC cipher and an HMAC (RFC 5246 section 6.2.3.2; TLS 1.0 chains its IVs). */
export function sealBlock(keys: BlockKeys): Sealer {
  const { name, blockLength } = blockCiphers[keys.name];
  const chained = keys.version === 0x0301 ? cipherFrom(keys.iv) : null;
  let next = 0;
  return {
    seal(type, payload, options) {
      const number = next++;
      const inner = keys.encryptThenMac
        ? payload
        : Buffer.concat([payload, macOf(keys, number, type, payload)]);
      const padding = Buffer.alloc(blockLength - (inner.length % blockLength));
      padding.fill(padding.length - 1);
      options?.alterPadding?.(padding);
      const iv = chained ? Buffer.alloc(0) : randomBytes(blockLength);
      const cipher = chained ?? cipherFrom(iv);
      const body = Buffer.concat([iv, cipher.update(Buffer.concat([inner, padding]))]);
      const tag = keys.encryptThenMac ? macOf(keys, number, type, body) : Buffer.alloc(0);
      return Buffer.concat([recordHeader(type, keys.version, body.length + tag.length), body, tag]);
    },
  };

  function cipherFrom(iv: Buffer) {
    return createCipheriv(name, keys.key, iv).setAutoPadding(false);
  }
}

/** Opens the peer's records. */
export function openBlock(keys: BlockKeys): Opener {
  const { name, blockLength } = blockCiphers[keys.name];
  const chained = keys.version === 0x0301 ? decipherFrom(keys.iv) : null;
  const macLength = macOf(keys, 0, 0, Buffer.alloc(0)).length;
  let next = 0;
  return {
    open(header, fragment) {
      const number = next++;
      const type = header[0] ?? 0;
      let body = fragment;
      if (keys.encryptThenMac) {
        if (fragment.length < macLength) return null;
        body = fragment.subarray(0, -macLength);
        if (!macOf(keys, number, type, body).equals(fragment.subarray(-macLength))) return null;
      }
      const ivLength = chained ? 0 : blockLength;
      if (body.length <= ivLength || body.length % blockLength !== 0) return null;
      const decipher = chained ?? decipherFrom(body.subarray(0, ivLength));
      const inner = withoutPadding(decipher.update(body.subarray(ivLength)));
      if (!inner) return null;
      if (keys.encryptThenMac) return { type, payload: inner };
      if (inner.length < macLength) return null;
      const payload = inner.subarray(0, inner.length - macLength);
      const good = macOf(keys, number, type, payload).equals(inner.subarray(payload.length));
      return good ? { type, payload } : null;
    },
  };

  function decipherFrom(iv: Buffer) {
    return createDecipheriv(name, keys.key, iv).setAutoPadding(false);
  }
}

/** The record's MAC, also of stream ciphers: over number, header and bytes (RFC 5246 section 6.2.3.1). */
export function macOf(
  keys: { readonly mac: HashName; readonly macKey: Buffer; readonly version: number },
  number: number,
  type: number,
  bytes: Uint8Array,
): Buffer {
  return createHmac(keys.mac, keys.macKey)
    .update(sequence(number))
    .update(recordHeader(type, keys.version, bytes.length))
    .update(bytes)
    .digest();
}

function withoutPadding(inner: Buffer): Buffer | null {
  const last = inner.at(-1);
  if (last === undefined || last + 1 > inner.length) return null;
  const text = inner.subarray(0, inner.length - last - 1);
  return inner.subarray(text.length).every((byte) => byte === last) ? text : null;
}
