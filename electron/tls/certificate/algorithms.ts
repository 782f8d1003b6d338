import { readSequence, tags, type Der } from './der';
import { readOid, readSmallInteger } from './derValues';

/** An AlgorithmIdentifier (RFC 5280, 4.1.1.2). */
export interface AlgorithmId {
  readonly oid: string;
  readonly parameters: Der | undefined;
  readonly raw: Buffer;
}

/** What a signature algorithm stands for. */
export interface SignatureKind {
  /** As OpenSSL names it: `sha256WithRSAEncryption`; an unknown one by its OID. */
  readonly name: string;
  readonly family: 'RSA' | 'RSA-PSS' | 'ECDSA' | 'DSA' | 'EdDSA' | 'ML-DSA' | 'other';
  /** `SHA256`; absent where the algorithm has none of its own. */
  readonly hash?: string;
  /** RSA-PSS only. */
  readonly saltLength?: number;
}

export function readAlgorithm(element: Der): AlgorithmId {
  return readSequence(element, (cursor) => ({
    oid: readOid(cursor.next(tags.oid)),
    parameters: cursor.done ? undefined : cursor.next(),
    raw: element.raw,
  }));
}

/** Says what a signature algorithm is; parameters of RSA-PSS that make no sense throw DerError. */
export function signatureKind(algorithm: AlgorithmId): SignatureKind {
  if (algorithm.oid === '1.2.840.113549.1.1.10') return pssKind(algorithm.parameters);
  const known = signatureKinds[algorithm.oid];
  return known ?? { name: algorithm.oid, family: 'other' };
}

/** `SHA256` of a digest's OID. */
export function hashName(oid: string): string | undefined {
  return hashes[oid];
}

/** RFC 4055, 3.1: SHA-1 and a salt of 20 octets where nothing is said. */
function pssKind(parameters: Der | undefined): SignatureKind {
  const fields = { hash: 'SHA1' as string | undefined, saltLength: 20 };
  if (parameters) {
    readSequence(parameters, (cursor) => {
      const hash = cursor.optional(0xa0);
      if (hash)
        fields.hash = hashName(readSequence(hash, (inner) => readAlgorithm(inner.next())).oid);
      cursor.optional(0xa1);
      const salt = cursor.optional(0xa2);
      if (salt) fields.saltLength = readSequence(salt, (inner) => readSmallInteger(inner.next()));
      cursor.optional(0xa3);
    });
  }
  const { hash, saltLength } = fields;
  return {
    name: 'rsassaPss',
    family: hash ? 'RSA-PSS' : 'other',
    ...(hash && { hash }),
    saltLength,
  };
}

/** Digests (RFC 8017, appendix B.1; NIST CSOR 2.16.840.1.101.3.4.2). */
const hashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA1',
  '2.16.840.1.101.3.4.2.1': 'SHA256',
  '2.16.840.1.101.3.4.2.2': 'SHA384',
  '2.16.840.1.101.3.4.2.3': 'SHA512',
  '2.16.840.1.101.3.4.2.4': 'SHA224',
  '2.16.840.1.101.3.4.2.8': 'SHA3-256',
  '2.16.840.1.101.3.4.2.9': 'SHA3-384',
  '2.16.840.1.101.3.4.2.10': 'SHA3-512',
};

/** RFC 8017, 5758, 8410, 9881 (ML-DSA); names as OpenSSL writes them. */
const signatureKinds: Readonly<Record<string, SignatureKind>> = {
  '1.2.840.113549.1.1.2': { name: 'md2WithRSAEncryption', family: 'RSA', hash: 'MD2' },
  '1.2.840.113549.1.1.3': { name: 'md4WithRSAEncryption', family: 'RSA', hash: 'MD4' },
  '1.2.840.113549.1.1.4': { name: 'md5WithRSAEncryption', family: 'RSA', hash: 'MD5' },
  '1.2.840.113549.1.1.5': { name: 'sha1WithRSAEncryption', family: 'RSA', hash: 'SHA1' },
  '1.3.14.3.2.29': { name: 'sha1WithRSA', family: 'RSA', hash: 'SHA1' },
  '1.2.840.113549.1.1.14': { name: 'sha224WithRSAEncryption', family: 'RSA', hash: 'SHA224' },
  '1.2.840.113549.1.1.11': { name: 'sha256WithRSAEncryption', family: 'RSA', hash: 'SHA256' },
  '1.2.840.113549.1.1.12': { name: 'sha384WithRSAEncryption', family: 'RSA', hash: 'SHA384' },
  '1.2.840.113549.1.1.13': { name: 'sha512WithRSAEncryption', family: 'RSA', hash: 'SHA512' },
  '1.2.840.10045.4.1': { name: 'ecdsa-with-SHA1', family: 'ECDSA', hash: 'SHA1' },
  '1.2.840.10045.4.3.1': { name: 'ecdsa-with-SHA224', family: 'ECDSA', hash: 'SHA224' },
  '1.2.840.10045.4.3.2': { name: 'ecdsa-with-SHA256', family: 'ECDSA', hash: 'SHA256' },
  '1.2.840.10045.4.3.3': { name: 'ecdsa-with-SHA384', family: 'ECDSA', hash: 'SHA384' },
  '1.2.840.10045.4.3.4': { name: 'ecdsa-with-SHA512', family: 'ECDSA', hash: 'SHA512' },
  '1.2.840.10040.4.3': { name: 'dsaWithSHA1', family: 'DSA', hash: 'SHA1' },
  '2.16.840.1.101.3.4.3.1': { name: 'dsa_with_SHA224', family: 'DSA', hash: 'SHA224' },
  '2.16.840.1.101.3.4.3.2': { name: 'dsa_with_SHA256', family: 'DSA', hash: 'SHA256' },
  '1.3.101.112': { name: 'ED25519', family: 'EdDSA' },
  '1.3.101.113': { name: 'ED448', family: 'EdDSA' },
  '2.16.840.1.101.3.4.3.17': { name: 'ML-DSA-44', family: 'ML-DSA' },
  '2.16.840.1.101.3.4.3.18': { name: 'ML-DSA-65', family: 'ML-DSA' },
  '2.16.840.1.101.3.4.3.19': { name: 'ML-DSA-87', family: 'ML-DSA' },
};
