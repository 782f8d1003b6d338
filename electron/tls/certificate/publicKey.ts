import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Certificate } from '../../../shared/model/tls/certificate';
import { readAlgorithm, type AlgorithmId } from './algorithms';
import { derChildren, DerError, readDer, readSequence, tags } from './der';
import { readBitOctets, readIntegerHex, readOid } from './derValues';

/** A SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). */
export interface PublicKeyInfo {
  readonly raw: Buffer;
  readonly algorithm: AlgorithmId;
  /** The BIT STRING's octets: an RSAPublicKey, a point, ... */
  readonly octets: Buffer;
  readonly about: Certificate['key'];
}

/** Reads a SubjectPublicKeyInfo; a kind of key that is not known has the type `unsupported`. */
export function readPublicKey(raw: Buffer): PublicKeyInfo {
  return readSequence(readDer(raw, tags.sequence), (cursor) => {
    const algorithm = readAlgorithm(cursor.next(tags.sequence));
    const octets = readBitOctets(cursor.next(tags.bitString));
    return { raw, algorithm, octets, about: aboutKey(algorithm, octets) };
  });
}

/** The key for this runtime's crypto; nothing where it does not know the kind (BoringSSL knows few curves). */
export function keyObject(key: PublicKeyInfo): KeyObject | undefined {
  try {
    if (key.algorithm.oid !== rsaPss) {
      return createPublicKey({ key: key.raw, format: 'der', type: 'spki' });
    }
    // BoringSSL does not take the OID of RSA-PSS keys; the numbers are those of any RSA key.
    const { modulus, exponent } = rsaNumbers(key.octets);
    const jwk = { kty: 'RSA', n: base64url(modulus), e: base64url(exponent) };
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

const rsaPss = '1.2.840.113549.1.1.10';

function aboutKey(algorithm: AlgorithmId, octets: Buffer): Certificate['key'] {
  switch (algorithm.oid) {
    case '1.2.840.113549.1.1.1':
      return aboutRsa('RSA', octets);
    case rsaPss:
      return aboutRsa('RSA-PSS', octets);
    case '1.2.840.10045.2.1':
      return aboutEc(algorithm);
    case '1.2.840.10040.4.1':
      return aboutDsa(algorithm);
    default:
      return otherKeys[algorithm.oid] ?? { type: 'unsupported' };
  }
}

function aboutRsa(type: string, octets: Buffer): Certificate['key'] {
  const { modulus, exponent } = rsaNumbers(octets);
  return { type, bits: bitLength(modulus), exponent: BigInt(`0x${exponent}`).toString() };
}

function rsaNumbers(octets: Buffer): { modulus: string; exponent: string } {
  return readSequence(readDer(octets, tags.sequence), (cursor) => {
    const modulus = readIntegerHex(cursor.next(tags.integer));
    const exponent = cursor.next(tags.integer);
    // The decimal text of an exponent without bounds would take long to make.
    if (exponent.content.length > 64) throw new DerError('exponent too long');
    return { modulus, exponent: readIntegerHex(exponent) };
  });
}

function aboutEc({ parameters }: AlgorithmId): Certificate['key'] {
  // Parameters written out (not named) are allowed nowhere in the web's PKI: RFC 5480, 2.1.1.
  if (parameters?.tag !== tags.oid) return { type: 'EC', curve: 'unsupported' };
  const oid = readOid(parameters);
  const [curve, bits] = curves[oid] ?? [oid];
  return { type: 'EC', curve, ...(bits !== undefined && { bits }) };
}

function aboutDsa({ parameters }: AlgorithmId): Certificate['key'] {
  const [prime] = parameters?.tag === tags.sequence ? derChildren(parameters) : [];
  return { type: 'DSA', ...(prime && { bits: bitLength(readIntegerHex(prime)) }) };
}

/** Of a number as hex without leading zeros. */
function bitLength(hex: string): number {
  return hex === '0'
    ? 0
    : (hex.length - 1) * 4 + Number.parseInt(hex.charAt(0), 16).toString(2).length;
}

function base64url(hex: string): string {
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('base64url');
}

/** Named curves (SEC 2, RFC 5639, GM/T 0006): name and bits. */
const curves: Readonly<Record<string, readonly [string, number]>> = {
  '1.2.840.10045.3.1.1': ['P-192', 192],
  '1.3.132.0.33': ['P-224', 224],
  '1.2.840.10045.3.1.7': ['P-256', 256],
  '1.3.132.0.34': ['P-384', 384],
  '1.3.132.0.35': ['P-521', 521],
  '1.3.132.0.10': ['secp256k1', 256],
  '1.3.132.0.1': ['sect163k1', 163],
  '1.3.132.0.26': ['sect233k1', 233],
  '1.3.132.0.27': ['sect233r1', 233],
  '1.3.132.0.16': ['sect283k1', 283],
  '1.3.132.0.17': ['sect283r1', 283],
  '1.3.132.0.36': ['sect409k1', 409],
  '1.3.132.0.37': ['sect409r1', 409],
  '1.3.132.0.38': ['sect571k1', 571],
  '1.3.132.0.39': ['sect571r1', 571],
  '1.3.36.3.3.2.8.1.1.7': ['brainpoolP256r1', 256],
  '1.3.36.3.3.2.8.1.1.11': ['brainpoolP384r1', 384],
  '1.3.36.3.3.2.8.1.1.13': ['brainpoolP512r1', 512],
  '1.2.156.10197.1.301': ['SM2', 256],
};

/** RFC 8410 and RFC 9881. */
const otherKeys: Readonly<Record<string, Certificate['key']>> = {
  '1.3.101.112': { type: 'Ed25519', bits: 256 },
  '1.3.101.113': { type: 'Ed448', bits: 456 },
  '2.16.840.1.101.3.4.3.17': { type: 'ML-DSA-44' },
  '2.16.840.1.101.3.4.3.18': { type: 'ML-DSA-65' },
  '2.16.840.1.101.3.4.3.19': { type: 'ML-DSA-87' },
};
