import type { HashName, StreamName } from '../suites';
import { macOf } from './block';
import { recordHeader, type Opener, type Sealer } from './types';

/** One direction's keys of an RC4 or NULL suite. */
export interface StreamKeys {
  readonly name: StreamName;
  readonly version: number;
  readonly mac: HashName;
  readonly macKey: Buffer;
  readonly key: Buffer;
}

/** Protects records with a stream cipher, or with none, and an HMAC (RFC 5246 section 6.2.3.1). */
export function sealStream(keys: StreamKeys): Sealer {
  const cipher = streamOf(keys);
  let next = 0;
  return {
    seal(type, payload) {
      const body = cipher(Buffer.concat([payload, macOf(keys, next++, type, payload)]));
      return Buffer.concat([recordHeader(type, keys.version, body.length), body]);
    },
  };
}

/** Opens the peer's records. */
export function openStream(keys: StreamKeys): Opener {
  const cipher = streamOf(keys);
  const macLength = macOf(keys, 0, 0, Buffer.alloc(0)).length;
  let next = 0;
  return {
    open(header, fragment) {
      if (fragment.length < macLength) return null;
      const inner = cipher(fragment);
      const type = header[0] ?? 0;
      const payload = inner.subarray(0, inner.length - macLength);
      const good = macOf(keys, next++, type, payload).equals(inner.subarray(payload.length));
      return good ? { type, payload } : null;
    },
  };
}

function streamOf(keys: StreamKeys): (bytes: Buffer) => Buffer {
  return keys.name === 'NULL' ? (bytes) => bytes : rc4(keys.key);
}

/** RC4, which OpenSSL 3 keeps out: some old servers have nothing else. */
export function rc4(key: Buffer): (bytes: Buffer) => Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  const swap = (a: number, b: number) => {
    const kept = state[a] ?? 0;
    state[a] = state[b] ?? 0;
    state[b] = kept;
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return (bytes) =>
    Buffer.from(
      bytes.map((byte) => {
        i = (i + 1) & 255;
        j = (j + (state[i] ?? 0)) & 255;
        swap(i, j);
        return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0);
      }),
    );
}
