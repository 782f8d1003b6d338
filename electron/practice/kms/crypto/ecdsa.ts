import { createPrivateKey } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { readSecp256k1 } from './secp256k1';

/** By the names that the crypto library has for them. */
const curves: Readonly<Record<string, typeof p256>> = {
  prime256v1: p256,
  secp384r1: p384,
  secp521r1: p521,
  secp256k1,
};
/** AWS gives any s, low or high, as Ecdsa-Sig-Value (RFC 3279, 2.2.3). */
const options = { prehash: false, lowS: false, format: 'der' } as const;

/** A private key of a curve. */
export interface EcKey {
  readonly curve: string;
  readonly secret: Buffer;
}

/** Reads a private key of the curve from PKCS #8; undefined where it is none. */
export function readEcKey(curve: string, pkcs8: Buffer): EcKey | undefined {
  const secret = curve === 'secp256k1' ? readSecp256k1(pkcs8) : readWithLibrary(pkcs8);
  return secret && curveOf(curve).utils.isValidSecretKey(secret) ? { curve, secret } : undefined;
}

/** Signs a digest as it is, which the crypto library cannot. */
export function ecdsaSign({ curve, secret }: EcKey, digest: Uint8Array): Buffer {
  return Buffer.from(curveOf(curve).sign(digest, secret, options));
}

/** False for any signature that does not fit, however malformed. */
export function ecdsaVerify(
  { curve, secret }: EcKey,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { getPublicKey, verify } = curveOf(curve);
  try {
    return verify(signature, digest, getPublicKey(secret), options);
  } catch {
    return false;
  }
}

function curveOf(name: string) {
  const curve = curves[name];
  if (!curve) throw new Error(`No curve ${name}`);
  return curve;
}

function readWithLibrary(pkcs8: Buffer): Buffer | undefined {
  const { d } = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({
    format: 'jwk',
  });
  return d === undefined ? undefined : Buffer.from(d, 'base64url');
}
