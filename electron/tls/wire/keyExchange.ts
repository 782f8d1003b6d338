import { suiteInfo } from '../../../shared/model/tls/registry';
import type { TlsVersion } from '../../../shared/model/tls/scan';
import { Reader } from './bytes';

/** What a ServerKeyExchange holds, as far as it is understood. */
export type KeyExchange =
  | {
      readonly kind: 'dhe';
      readonly prime: Buffer;
      readonly generator: Buffer;
      readonly publicValue: Buffer;
      readonly signature?: ServerSignature;
    }
  | {
      readonly kind: 'ecdhe';
      /** Absent where the curve is given by its equation. */
      readonly group?: number;
      readonly publicValue: Buffer;
      readonly signature?: ServerSignature;
    }
  /** The short-lived key of an export suite (RFC 2246 section 7.4.3). */
  | { readonly kind: 'rsa-export'; readonly modulus: Buffer; readonly signature?: ServerSignature }
  | { readonly kind: 'other' };

export interface ServerSignature {
  /** TLS 1.2 only. */
  readonly algorithm?: number;
  readonly bytes: Buffer;
  /** What is signed, after both randoms. */
  readonly signed: Buffer;
}

const namedCurve = 3;

/** Reads a ServerKeyExchange's body (RFC 5246 section 7.4.3, RFC 8422 section 5.4); throws `DecodeError`. */
export function readKeyExchange(body: Buffer, version: TlsVersion, suite: number): KeyExchange {
  const info = suiteInfo(suite);
  const reader = new Reader(body);
  const end = () => readSignature(reader, body, version);
  // With a pre-shared key a hint comes first (RFC 4279 section 3, RFC 5489).
  if (info?.authentication === 'PSK' && info.keyExchange !== 'RSA') reader.vector16();
  if (info?.keyExchange === 'DHE') {
    const prime = reader.vector16();
    const generator = reader.vector16();
    const publicValue = reader.vector16();
    return { kind: 'dhe', prime, generator, publicValue, ...end() };
  }
  if (info?.keyExchange === 'ECDHE') {
    if (reader.u8() !== namedCurve) return { kind: 'other' };
    const group = reader.u16();
    const publicValue = reader.vector8();
    return { kind: 'ecdhe', group, publicValue, ...end() };
  }
  if (info?.keyExchange === 'RSA' && info.authentication === 'RSA') {
    const modulus = reader.vector16();
    reader.vector16();
    return { kind: 'rsa-export', modulus, ...end() };
  }
  return { kind: 'other' };
}

/** Anonymous suites and those with a pre-shared key end before it. */
function readSignature(
  reader: Reader,
  body: Buffer,
  version: TlsVersion,
): { signature?: ServerSignature } {
  if (reader.remaining === 0) return {};
  const signed = body.subarray(0, body.length - reader.remaining);
  const algorithm = version === 'TLS1.2' ? { algorithm: reader.u16() } : {};
  const bytes = reader.vector16();
  reader.end();
  return { signature: { ...algorithm, bytes, signed } };
}
