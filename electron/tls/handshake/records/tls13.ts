import { aeadKeyLength, createAead } from '../crypto/aead';
import { expandLabel } from '../crypto/keySchedule';
import type { AeadName, Suite } from '../suites';
import { recordHeader, xorNonce, type Opener, type Sealer } from './types';

/** Protects records with keys from a traffic secret (RFC 8446 sections 5.2 and 7.3). */
export function seal13(suite: Suite, secret: Buffer): Sealer {
  const { aead, iv } = trafficKeys(suite, secret);
  let next = 0;
  return {
    seal(type, payload) {
      const inner = Buffer.concat([payload, Buffer.from([type])]);
      const header = recordHeader(23, 0x0303, inner.length + aead.tagLength);
      return Buffer.concat([header, aead.seal(xorNonce(iv, next++), header, inner)]);
    },
  };
}

/** Opens records with keys from the peer's traffic secret. */
export function open13(suite: Suite, secret: Buffer): Opener {
  const { aead, iv } = trafficKeys(suite, secret);
  let next = 0;
  return {
    open(header, fragment) {
      const inner = aead.open(xorNonce(iv, next++), header, fragment);
      if (!inner) return null;
      let end = inner.length;
      while (end > 0 && inner[end - 1] === 0) end -= 1;
      // A record of zeros alone has no type.
      if (end === 0) return null;
      return { type: inner[end - 1] ?? 0, payload: inner.subarray(0, end - 1) };
    },
  };
}

function trafficKeys(suite: Suite, secret: Buffer) {
  const name = suite.cipher.name as AeadName;
  const none = Buffer.alloc(0);
  const key = expandLabel(suite.hash, secret, 'key', none, aeadKeyLength(name));
  return { aead: createAead(name, key), iv: expandLabel(suite.hash, secret, 'iv', none, 12) };
}
