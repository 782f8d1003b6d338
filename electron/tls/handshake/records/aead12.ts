import { createAead } from '../crypto/aead';
import type { AeadName } from '../suites';
import { recordHeader, sequence, xorNonce, type Opener, type Sealer } from './types';

/** One direction's keys of TLS 1.2 and below. */
export interface AeadKeys {
  readonly name: AeadName;
  readonly key: Buffer;
  /** 12 bytes for CHACHA20-POLY1305; else the nonce's first 4. */
  readonly iv: Buffer;
}

/** Protects TLS 1.2 records with an AEAD cipher (RFC 5246 section 6.2.3.3, RFC 5288, 6655, 7905). */
export function sealAead12({ name, key, iv }: AeadKeys): Sealer {
  const aead = createAead(name, key);
  let next = 0;
  return {
    seal(type, payload) {
      const number = next++;
      const explicit = iv.length === 12 ? Buffer.alloc(0) : sequence(number);
      const nonce = iv.length === 12 ? xorNonce(iv, number) : Buffer.concat([iv, explicit]);
      const sealed = aead.seal(nonce, additionalData(number, type, payload.length), payload);
      const header = recordHeader(type, 0x0303, explicit.length + sealed.length);
      return Buffer.concat([header, explicit, sealed]);
    },
  };
}

/** Opens the peer's records. */
export function openAead12({ name, key, iv }: AeadKeys): Opener {
  const aead = createAead(name, key);
  let next = 0;
  return {
    open(header, fragment) {
      const number = next++;
      const explicitLength = 12 - iv.length;
      if (fragment.length < explicitLength + aead.tagLength) return null;
      const explicit = fragment.subarray(0, explicitLength);
      const sealed = fragment.subarray(explicitLength);
      const nonce = explicitLength === 0 ? xorNonce(iv, number) : Buffer.concat([iv, explicit]);
      const type = header[0] ?? 0;
      const aad = additionalData(number, type, sealed.length - aead.tagLength);
      const payload = aead.open(nonce, aad, sealed);
      return payload && { type, payload };
    },
  };
}

function additionalData(number: number, type: number, length: number): Buffer {
  return Buffer.concat([sequence(number), recordHeader(type, 0x0303, length)]);
}
