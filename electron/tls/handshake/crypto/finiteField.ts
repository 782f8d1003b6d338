import { randomBytes } from 'node:crypto';
import { cannot, garbage } from '../failure';

/** A prime and a base, as numbers. */
export interface DhGroup {
  readonly prime: bigint;
  readonly base: bigint;
}

export interface DhShare {
  /** Our public value, padded to the prime's length. */
  readonly public: Buffer;
  /** The shared secret, padded to the prime's length. @throws Ended where the peer's value is none */
  agree(peer: Buffer): Buffer;
}

/** Longer primes cost the client more than a scan is worth. */
const maxBits = 8192;
/** Twice the strength of the largest groups in use: short exponents cost a fraction (RFC 7919 section 5.2). */
const exponentBytes = 52;

/**
 * One side of a finite-field exchange. By BigInt, because the runtime's own Diffie-Hellman tests a foreign
 * prime first, which takes a third of a second. Our secret protects nothing: no constant time is needed.
 * @throws Ended where the group is none, or too large
 */
export function createDhShare(group: DhGroup): DhShare {
  const { prime, base } = group;
  const bits = prime.toString(2).length;
  if (bits > maxBits) throw cannot(`The server's Diffie-Hellman prime has ${bits} bits.`);
  if (bits < 128 || base < 2n || base >= prime) throw garbage('The Diffie-Hellman group is none.');
  const exponent = toBigInt(randomBytes(exponentBytes)) | 1n;
  const length = Math.ceil(bits / 8);
  return {
    public: toBytes(power(base, exponent, prime), length),
    agree(peer) {
      const value = toBigInt(peer);
      if (value < 2n || value > prime - 2n)
        throw garbage('The Diffie-Hellman value is out of range.');
      return toBytes(power(value, exponent, prime), length);
    },
  };
}

/** The prime of RFC 7919 with its length in bits, computed from its definition with the digits of e. */
export function ffdheGroup(bits: 2048 | 3072 | 4096): DhGroup {
  const offset = { 2048: 560316n, 3072: 2625351n, 4096: 5736041n }[bits];
  const b = BigInt(bits);
  const middle = scaledE(b - 130n) + offset;
  return { prime: (1n << b) - (1n << (b - 64n)) + (middle << 64n) - 1n, base: 2n };
}

export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function toBytes(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The whole part of e times 2^shift, by its series with 64 bits to spare. */
function scaledE(shift: bigint): bigint {
  let term = 1n << (shift + 64n);
  let sum = 0n;
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term /= n;
  }
  return sum >> 64n;
}
