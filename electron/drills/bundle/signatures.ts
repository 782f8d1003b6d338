import { constants, createPublicKey, verify } from 'node:crypto';

/** Whether a signature over bytes is of the key; false for anything that cannot be read. */
export function isSigned(
  algorithm: string,
  publicKeyPem: string,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const key = createPublicKey(publicKeyPem);
    const { asymmetricKeyDetails: details } = key;
    switch (algorithm) {
      case 'Ed25519':
        return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature);
      case 'ECDSA-P256-SHA256':
        return details?.namedCurve === 'prime256v1' && verify('sha256', bytes, key, signature);
      case 'ECDSA-P384-SHA384':
        return details?.namedCurve === 'secp384r1' && verify('sha384', bytes, key, signature);
      case 'RSA-PSS-SHA256': {
        const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
        // KMS has none below.
        const isRsa = key.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= 2048;
        return isRsa && verify('sha256', bytes, { key, padding, saltLength }, signature);
      }
      default:
        return false;
    }
  } catch {
    return false;
  }
}
