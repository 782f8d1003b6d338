import {
  constants,
  createHash,
  publicDecrypt,
  verify,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';

/** What became of a signature. `unknown` says why the runtime could not tell. */
export type SignatureCheck =
  { readonly value: 'verified' | 'wrong' } | { readonly value: 'unknown'; readonly why: string };

/** Signature schemes in the order offered (IANA "TLS SignatureScheme", 2026-08). */
export const signatureSchemes: readonly number[] = [
  0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808, 0x0809,
  0x080a, 0x080b, 0x0904, 0x0905, 0x0906, 0x081a, 0x081b, 0x081c, 0x0303, 0x0301, 0x0203, 0x0201,
  0x0402, 0x0202,
];

/** The public key of a DER certificate; null where the runtime cannot read it. */
export function readPublicKey(certificate: Buffer): KeyObject | null {
  try {
    return new X509Certificate(certificate).publicKey;
  } catch {
    return null;
  }
}

/**
 * Checks the server's signature over the data with its certificate's key, by scheme (RFC 8446 section
 * 4.2.3). `legacy`: TLS 1.0 and 1.1, where the key's kind decides (RFC 4346 section 7.4.3).
 */
export function checkSignature(
  certificate: Buffer,
  scheme: number | 'legacy',
  data: Buffer,
  signature: Buffer,
): SignatureCheck {
  const key = readPublicKey(certificate);
  if (!key) return unknown("the runtime cannot read the certificate's key");
  try {
    const good =
      scheme === 'legacy' ? legacy(key, data, signature) : byScheme(key, scheme, data, signature);
    if (good === null) return unknown('the runtime does not know the signature algorithm');
    return { value: good ? 'verified' : 'wrong' };
  } catch (error) {
    return unknown(
      `the runtime cannot check it (${error instanceof Error ? error.name : 'error'})`,
    );
  }
}

function unknown(why: string): SignatureCheck {
  return { value: 'unknown', why: `The server's signature was not checked: ${why}.` };
}

/** Hash by the scheme's upper byte, where the lower says PKCS#1 RSA (1), DSA (2) or ECDSA (3). */
const paired = new Map([
  [1, 'md5'],
  [2, 'sha1'],
  [3, 'sha224'],
  [4, 'sha256'],
  [5, 'sha384'],
  [6, 'sha512'],
]);
/** RSA-PSS and the Brainpool curves. */
const pss = new Map([
  [0x0804, 'sha256'],
  [0x0805, 'sha384'],
  [0x0806, 'sha512'],
  [0x0809, 'sha256'],
  [0x080a, 'sha384'],
  [0x080b, 'sha512'],
]);
const brainpool = new Map([
  [0x081a, 'sha256'],
  [0x081b, 'sha384'],
  [0x081c, 'sha512'],
]);

function byScheme(key: KeyObject, scheme: number, data: Buffer, signature: Buffer): boolean | null {
  if (scheme === 0x0807 || scheme === 0x0808) return verify(null, data, key, signature);
  const pssHash = pss.get(scheme);
  if (pssHash) {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
    return verify(pssHash, data, { key, padding, saltLength }, signature);
  }
  const hash =
    brainpool.get(scheme) ?? ((scheme & 0xff) <= 3 ? paired.get(scheme >> 8) : undefined);
  return hash === undefined ? null : verify(hash, data, key, signature);
}

function legacy(key: KeyObject, data: Buffer, signature: Buffer): boolean {
  if (key.asymmetricKeyType !== 'rsa') return verify('sha1', data, key, signature);
  const expected = Buffer.concat(
    ['md5', 'sha1'].map((hash) => createHash(hash).update(data).digest()),
  );
  try {
    // No library call checks a signature over two hashes: the padding is taken off, and they are compared.
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(expected);
  } catch {
    return false;
  }
}
