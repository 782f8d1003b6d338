import { extensionType, signatureAlgorithms, type Extension } from '../wire/extensions';
import type { X509 } from './x509';

/** Kinds of server certificates that a client can ask for, or not, one by one. */
export type KeyFamily = 'RSA' | 'RSA-PSS' | 'ECDSA' | 'EdDSA' | 'ML-DSA' | 'DSS';

/** What a hello offers for each, best first (IANA, TLS SignatureScheme; the pairs of TLS 1.2 among them). */
export const schemesOf: Readonly<Record<KeyFamily, readonly number[]>> = {
  ECDSA: [0x0403, 0x0503, 0x0603, 0x0303, 0x0203, 0x081a, 0x081b, 0x081c],
  EdDSA: [0x0807, 0x0808],
  'ML-DSA': [0x0904, 0x0905, 0x0906],
  'RSA-PSS': [0x0809, 0x080a, 0x080b],
  RSA: [0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0301, 0x0201],
  DSS: [0x0402, 0x0502, 0x0602, 0x0302, 0x0202],
};

/**
 * Takes any signature on certificates, whatever the server's key is to be (RFC 8446, 4.2.3): else a
 * server may hold back a certificate because an authority with a key of another kind has signed it.
 */
export function allSchemesForCertificates(): Extension {
  const { data } = signatureAlgorithms(Object.values(schemesOf).flat());
  return { type: extensionType.signatureAlgorithmsCert, data };
}

/** Which kind a certificate is of; nothing for one that no hello can ask for. */
export function familyOf({ key }: X509): KeyFamily | undefined {
  const { type } = key.about;
  if (type === 'RSA' || type === 'RSA-PSS') return type;
  if (type === 'EC') return 'ECDSA';
  if (type.startsWith('Ed')) return 'EdDSA';
  if (type.startsWith('ML-DSA')) return 'ML-DSA';
  return type === 'DSA' ? 'DSS' : undefined;
}
