import { constants, verify, type KeyObject } from 'node:crypto';
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

function withPadding(key: KeyObject, kind: SignatureKind) {
  if (kind.family !== 'RSA-PSS') return key;
  const saltLength = kind.saltLength ?? constants.RSA_PSS_SALTLEN_DIGEST;
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
}
