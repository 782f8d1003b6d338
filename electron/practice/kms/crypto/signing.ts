import {
  constants,
  createHash,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { ed25519ph } from '@noble/curves/ed25519.js';
import type { KeyRecord } from '../model';
import { specOf } from '../specs';
import { materialInUse } from '../use';
import { ecdsaSign, ecdsaVerify, readEcKey, type EcKey } from './ecdsa';
import { mlDsaOf } from './lattice';
import { pssEncode, pssVerify } from './pss';
import { privateKey } from './rsa';

/** What is signed: a message, a digest of one that the caller made, or the μ of one (ML-DSA). */
export interface ToSign {
  readonly bytes: Buffer;
  readonly type: 'RAW' | 'DIGEST' | 'EXTERNAL_MU';
}

interface Scheme {
  sign(message: ToSign): Buffer;
  /** False for any signature that does not fit, however malformed. */
  verify(message: ToSign, signature: Buffer): boolean;
}

/** `sha256` of `RSASSA_PSS_SHA_256`, and so on. */
export function hashOf(algorithm: string): string {
  return `sha${algorithm.slice(-3)}`;
}

/** The scheme of a key's algorithm. */
export function schemeOf(key: KeyRecord, algorithm: string): Scheme {
  if (algorithm.startsWith('RSASSA_PKCS1')) return rsaPkcs1(key, hashOf(algorithm));
  if (algorithm.startsWith('RSASSA_PSS')) return rsaPss(key, hashOf(algorithm));
  if (algorithm.startsWith('ECDSA')) return ecdsa(key, hashOf(algorithm));
  if (algorithm === 'ED25519_SHA_512') return library(key, null);
  if (algorithm === 'ED25519_PH_SHA_512') return ed25519Prehashed(key);
  if (algorithm === 'ML_DSA_SHAKE_256') return mlDsa(key);
  throw new Error(`No signing algorithm ${algorithm}`);
}

/** Object identifiers of the hashes, as DigestInfo has them before the digest (RFC 8017, 9.2). */
const digestInfo: Readonly<Record<string, Buffer>> = {
  sha256: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  sha384: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  sha512: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
};

function rsaPkcs1(key: KeyRecord, hash: string): Scheme {
  const own = privateKey(key);
  const padding = constants.RSA_PKCS1_PADDING;
  const encoded = (message: ToSign) =>
    Buffer.concat([digestInfo[hash] ?? Buffer.alloc(0), digestOf(message, hash)]);
  return {
    sign: (message) => privateEncrypt({ key: own, padding }, encoded(message)),
    verify: (message, signature) =>
      opened(own, padding, signature)?.equals(encoded(message)) ?? false,
  };
}

function rsaPss(key: KeyRecord, hash: string): Scheme {
  const own = privateKey(key);
  const bits = specOf(key).size;
  const padding = constants.RSA_NO_PADDING;
  return {
    sign: (message) =>
      privateEncrypt({ key: own, padding }, pssEncode(hash, digestOf(message, hash), bits)),
    verify(message, signature) {
      const encoded = opened(own, padding, signature);
      return encoded !== undefined && pssVerify(hash, digestOf(message, hash), encoded, bits);
    },
  };
}

/** What a signature holds under the public key; undefined where it holds nothing. */
function opened(own: KeyObject, padding: number, signature: Buffer): Buffer | undefined {
  try {
    return publicDecrypt({ key: createPublicKey(own), padding }, signature);
  } catch {
    return undefined;
  }
}

/** Digests and secp256k1 go past the crypto library, which can do neither. */
function ecdsa(key: KeyRecord, hash: string): Scheme {
  const byLibrary = library(key, hash);
  const isOurs = ({ type }: ToSign) => type === 'DIGEST' || key.keySpec === 'ECC_SECG_P256K1';
  return {
    sign: (message) =>
      isOurs(message) ? ecdsaSign(ecKeyOf(key), digestOf(message, hash)) : byLibrary.sign(message),
    verify: (message, signature) =>
      isOurs(message)
        ? ecdsaVerify(ecKeyOf(key), digestOf(message, hash), signature)
        : byLibrary.verify(message, signature),
  };
}

/** What the crypto library does itself; without a hash (Ed25519) the message is signed as it is. */
function library(key: KeyRecord, hash: string | null): Scheme {
  return {
    sign: ({ bytes }) => sign(hash, bytes, privateKey(key)),
    verify({ bytes }, signature) {
      try {
        return verify(hash, bytes, createPublicKey(privateKey(key)), signature);
      } catch {
        return false;
      }
    },
  };
}

/**
 * Ed25519ph (RFC 8032, 5.1), which no runtime's crypto library has. KMS hashes once more what it is
 * given, though it wants a digest (API reference, Sign, MessageType).
 */
function ed25519Prehashed(key: KeyRecord): Scheme {
  const own = privateKey(key);
  const secret = () => Buffer.from(own.export({ format: 'jwk' }).d ?? '', 'base64url');
  return {
    sign: ({ bytes }) => Buffer.from(ed25519ph.sign(bytes, secret())),
    verify({ bytes }, signature) {
      try {
        return ed25519ph.verify(signature, bytes, ed25519ph.getPublicKey(secret()));
      } catch {
        return false;
      }
    },
  };
}

function mlDsa(key: KeyRecord): Scheme {
  const own = mlDsaOf(key.keySpec, Buffer.from(materialInUse(key).secret, 'base64'));
  return {
    sign: ({ bytes, type }) => own.sign(bytes, type === 'EXTERNAL_MU'),
    verify: ({ bytes, type }, signature) => own.verify(bytes, type === 'EXTERNAL_MU', signature),
  };
}

/** The private key of an elliptic-curve key. */
function ecKeyOf(key: KeyRecord): EcKey {
  const pkcs8 = Buffer.from(materialInUse(key).secret, 'base64');
  const own = readEcKey(specOf(key).curve ?? '', pkcs8);
  if (!own) throw new Error('The stored key is no key of its curve');
  return own;
}

function digestOf({ bytes, type }: ToSign, hash: string): Buffer {
  return type === 'DIGEST' ? bytes : createHash(hash).update(bytes).digest();
}
