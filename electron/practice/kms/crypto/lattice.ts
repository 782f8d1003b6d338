import { randomBytes } from 'node:crypto';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem512, ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js';

/** A signature scheme over messages, or over their 64-byte representatives μ (FIPS 204, 6.2). */
export interface MlDsa {
  sign(message: Uint8Array, isMu: boolean): Buffer;
  verify(message: Uint8Array, isMu: boolean, signature: Uint8Array): boolean;
}

/** The scheme of an ML-DSA key (FIPS 204), from its PKCS #8. */
export function mlDsaOf(keySpec: string, pkcs8: Buffer): MlDsa {
  const scheme = ofSpec(dsa, keySpec);
  const { secretKey, publicKey } = scheme.keygen(seedOf(keySpec, pkcs8));
  const external = { externalMu: true };
  return {
    sign: (message, isMu) =>
      Buffer.from(
        isMu ? scheme.internal.sign(message, secretKey, external) : scheme.sign(message, secretKey),
      ),
    verify: (message, isMu, signature) =>
      signature.length === scheme.lengths.signature &&
      (isMu
        ? scheme.internal.verify(signature, message, publicKey, external)
        : scheme.verify(signature, message, publicKey)),
  };
}

/** A new shared secret of 32 bytes and its ciphertext under an ML-KEM key (FIPS 203). */
export function encapsulate(
  keySpec: string,
  pkcs8: Buffer,
): { sharedSecret: Buffer; ciphertext: Buffer } {
  const scheme = ofSpec(kem, keySpec);
  const { publicKey } = scheme.keygen(seedOf(keySpec, pkcs8));
  const { cipherText, sharedSecret } = scheme.encapsulate(publicKey);
  return { sharedSecret: Buffer.from(sharedSecret), ciphertext: Buffer.from(cipherText) };
}

/**
 * The shared secret of a ciphertext: 32 bytes for any ciphertext of the right length, pseudo-random
 * ones where it was made for another key (implicit rejection, FIPS 203, 6.3). Undefined for another length.
 */
export function decapsulate(
  keySpec: string,
  pkcs8: Buffer,
  ciphertext: Uint8Array,
): Buffer | undefined {
  const scheme = ofSpec(kem, keySpec);
  if (ciphertext.length !== scheme.lengths.cipherText) return undefined;
  const { secretKey } = scheme.keygen(seedOf(keySpec, pkcs8));
  return Buffer.from(scheme.decapsulate(ciphertext, secretKey));
}

export function isLattice(keySpec: string): boolean {
  return Object.hasOwn(oids, keySpec);
}

/** A new private key as PKCS #8 in seed format (RFC 9881, RFC 9935), which AWS's data key pairs have too. */
export function makeLatticeKey(keySpec: string): Buffer {
  return Buffer.concat([pkcs8Start(keySpec), randomBytes(seedLength(keySpec))]);
}

/** The public half as SubjectPublicKeyInfo. */
export function latticeSpki(keySpec: string, pkcs8: Buffer): Buffer {
  const scheme = dsa[keySpec] ?? ofSpec(kem, keySpec);
  const { publicKey } = scheme.keygen(seedOf(keySpec, pkcs8));
  const bits = Buffer.concat([start(0x03, publicKey.length + 1), Buffer.from([0]), publicKey]);
  const algorithm = algorithmOf(keySpec);
  return Buffer.concat([start(0x30, algorithm.length + bits.length), algorithm, bits]);
}

const dsa: Readonly<Record<string, typeof ml_dsa44>> = {
  ML_DSA_44: ml_dsa44,
  ML_DSA_65: ml_dsa65,
  ML_DSA_87: ml_dsa87,
};
const kem: Readonly<Record<string, typeof ml_kem512>> = {
  ML_KEM_512: ml_kem512,
  ML_KEM_768: ml_kem768,
  ML_KEM_1024: ml_kem1024,
};
/** The last two numbers of NIST's object identifiers 2.16.840.1.101.3.4.*. */
const oids: Readonly<Record<string, readonly [number, number]>> = {
  ML_DSA_44: [3, 17],
  ML_DSA_65: [3, 18],
  ML_DSA_87: [3, 19],
  ML_KEM_512: [4, 1],
  ML_KEM_768: [4, 2],
  ML_KEM_1024: [4, 3],
};

function ofSpec<T>(schemes: Readonly<Record<string, T>>, keySpec: string): T {
  const scheme = schemes[keySpec];
  if (!scheme) throw new Error(`No parameter set ${keySpec}`);
  return scheme;
}

function seedOf(keySpec: string, pkcs8: Buffer): Buffer {
  const seed = pkcs8.subarray(-seedLength(keySpec));
  if (pkcs8.length !== pkcs8Start(keySpec).length + seed.length) {
    throw new Error(`The stored key is no ${keySpec} key`);
  }
  return seed;
}

function seedLength(keySpec: string): number {
  return Object.hasOwn(dsa, keySpec) ? 32 : 64;
}

/** PrivateKeyInfo up to the seed: version, algorithm, and the seed's own tag [0] in an octet string. */
function pkcs8Start(keySpec: string): Buffer {
  const length = seedLength(keySpec);
  const inner = Buffer.concat([
    Buffer.from([0x02, 0x01, 0x00]),
    algorithmOf(keySpec),
    Buffer.from([0x04, length + 2, 0x80, length]),
  ]);
  return Buffer.concat([start(0x30, inner.length + length), inner]);
}

function algorithmOf(keySpec: string): Buffer {
  const arcs = ofSpec(oids, keySpec);
  return Buffer.from([0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, ...arcs]);
}

/** Tag and length of a DER value. */
function start(tag: number, length: number): Buffer {
  return Buffer.from(length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]);
}
