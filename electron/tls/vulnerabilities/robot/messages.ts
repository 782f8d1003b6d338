import { randomBytes } from 'node:crypto';
import { Writer } from '../../wire/bytes';
import { handshakeType } from '../../wire/handshakeMessages';
import { contentType, encodeRecord } from '../../wire/records';
import type { Terms } from '../clearHandshake';
import { versionCode } from '../../wire/versions';

/** The public part of an RSA key. */
export interface RsaKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
  /** Of the modulus. */
  readonly bytes: number;
}

/**
 * The five premaster secrets of the ROBOT paper (Böck, Somorovsky, Young, 2018, section 3.2): a right
 * one, and four that break PKCS#1 v1.5 or the version in it, each in its own way.
 */
export const variants = [
  'right',
  'wrong-first-bytes',
  'zero-byte-misplaced',
  'zero-byte-missing',
  'wrong-version',
] as const;
export type Variant = (typeof variants)[number];

/** The block before encryption, as long as the modulus. `version` is the one that the hello offered. */
export function paddedSecret(variant: Variant, keyBytes: number, version: number): Buffer {
  const secret = nonZero(46);
  const versionBytes = Buffer.from([version >> 8, version & 0xff]);
  // 00 02, padding, 00, version and 46 bytes.
  const padding = nonZero(keyBytes - 51);
  const block = Buffer.concat([
    Buffer.from([0, 2]),
    padding,
    Buffer.from([0]),
    versionBytes,
    secret,
  ]);
  const separator = 2 + padding.length;
  switch (variant) {
    case 'right':
      break;
    case 'wrong-first-bytes':
      block.set([0x41, 0x17]);
      break;
    case 'zero-byte-misplaced':
      // Nothing but one byte follows the zero byte.
      block.set([0x11], separator);
      block.set([0x00, 0x11], keyBytes - 2);
      break;
    case 'zero-byte-missing':
      block.set([0x11, 0x11, 0x11], separator);
      break;
    case 'wrong-version':
      block.set([0x02, 0x02], separator + 1);
      break;
  }
  return block;
}

/** A ClientKeyExchange with that block encrypted (RFC 5246 section 7.4.7.1; SSLv3 has no length field). */
export function keyExchangeRecord(variant: Variant, key: RsaKey, terms: Terms): Buffer {
  const version = versionCode[terms.version];
  const block = paddedSecret(variant, key.bytes, version);
  const encrypted = encrypt(block, key);
  const body = new Writer();
  if (terms.version === 'SSLv3') body.bytes(encrypted);
  else body.vector16(encrypted);
  const message = new Writer().u8(handshakeType.clientKeyExchange).vector24(body.build()).build();
  return encodeRecord(contentType.handshake, version, message);
}

/** A change_cipher_spec, and in place of an encrypted Finished 64 bytes that decrypt to nonsense. */
export function nonsenseFinish(terms: Terms): Buffer {
  const version = versionCode[terms.version];
  return Buffer.concat([
    encodeRecord(contentType.changeCipherSpec, version, Buffer.from([1])),
    encodeRecord(contentType.handshake, version, Buffer.alloc(64, 0x2e)),
  ]);
}

/** RSA without padding: with public numbers only, so that no time needs hiding, and with any key length. */
function encrypt(block: Buffer, { modulus, exponent, bytes }: RsaKey): Buffer {
  const message = BigInt(`0x${block.toString('hex')}`);
  const hex = power(message, exponent, modulus).toString(16);
  return Buffer.from(hex.padStart(bytes * 2, '0'), 'hex');
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function nonZero(length: number): Buffer {
  return randomBytes(length).map((byte) => byte || 1) as Buffer;
}
