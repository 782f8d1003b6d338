import { constants, verify, type KeyObject } from 'node:crypto';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import type { SignatureKind } from './algorithms';
import { keyObject, type PublicKeyInfo } from './publicKey';

/** `unsupported`: this runtime cannot verify it, so nobody may say that it is right or wrong. */
export type SignatureCheck = 'valid' | 'invalid' | 'unsupported';

/** Verifies a signature of a certificate, CRL or OCSP answer with the signer's key. Never throws. */
export function checkSignature(
  kind: SignatureKind,
  signer: PublicKeyInfo,
  signed: Buffer,
  signature: Buffer,
): SignatureCheck {
  if (kind.family === 'ML-DSA') return checkMlDsa(kind.name, signer, signed, signature);
  const keyTypes = signers[kind.family];
  if (signer.about.type === 'unsupported' || !keyTypes) return 'unsupported';
  if (!keyTypes.includes(signer.about.type)) return 'invalid';
  const key = keyObject(signer);
  if (!key) return 'unsupported';
  try {
    return verify(kind.hash, signed, withPadding(key, kind), signature) ? 'valid' : 'invalid';
  } catch {
    // A digest or curve that the runtime's crypto does not have; a wrong signature gives false.
    return 'unsupported';
  }
}

const signers: Readonly<Partial<Record<SignatureKind['family'], readonly string[]>>> = {
  RSA: ['RSA'],
  'RSA-PSS': ['RSA', 'RSA-PSS'],
  ECDSA: ['EC'],
  DSA: ['DSA'],
  EdDSA: ['Ed25519', 'Ed448'],
};

/** FIPS 204 with an empty context (RFC 9881, 3): runtimes before OpenSSL 3.5 do not have it. */
function checkMlDsa(
  name: string,
  signer: PublicKeyInfo,
  signed: Buffer,
  signature: Buffer,
): SignatureCheck {
  const scheme = mlDsa[name];
  if (!scheme) return 'unsupported';
  const { publicKey, signature: signatureLength } = scheme.lengths;
  if (signer.about.type !== name || signer.octets.length !== publicKey) return 'invalid';
  if (signature.length !== signatureLength) return 'invalid';
  return scheme.verify(signature, signed, signer.octets) ? 'valid' : 'invalid';
}

const mlDsa: Readonly<Record<string, typeof ml_dsa65>> = {
  'ML-DSA-44': ml_dsa44,
  'ML-DSA-65': ml_dsa65,
  'ML-DSA-87': ml_dsa87,
};

function withPadding(key: KeyObject, kind: SignatureKind) {
  if (kind.family !== 'RSA-PSS') return key;
  const saltLength = kind.saltLength ?? constants.RSA_PSS_SALTLEN_DIGEST;
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
}
