import { createHash } from 'node:crypto';
import { readAlgorithm, signatureKind, type AlgorithmId, type SignatureKind } from './algorithms';
import { DerError, readDer, readSequence, tags, type Der, type DerCursor } from './der';
import { readBitOctets, readIntegerHex, readSmallInteger, readTime } from './derValues';
import { readName, type Name } from './distinguishedName';
import { readExtensions, type Extensions } from './extensions';
import { readPublicKey, type PublicKeyInfo } from './publicKey';

/** A certificate, read (RFC 5280, 4.1). Nothing in it is verified. */
export interface X509 {
  readonly der: Buffer;
  /** Hex, of the whole certificate. */
  readonly sha256: string;
  /** What the signature covers. */
  readonly tbs: Buffer;
  readonly version: number;
  readonly serial: Buffer;
  /** Upper-case hex. */
  readonly serialText: string;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly key: PublicKeyInfo;
  readonly algorithm: AlgorithmId;
  readonly signatureKind: SignatureKind;
  readonly signature: Buffer;
  /** The algorithm inside what is signed is the one outside, as it must be. */
  readonly algorithmsAgree: boolean;
  readonly extensions: Extensions;
}

/** A certificate, or why the bytes are none. */
export type ReadCertificate =
  | { readonly kind: 'certificate'; readonly certificate: X509 }
  | { readonly kind: 'unreadable'; readonly why: string };

/** No certificate for a TLS server needs more; the bound keeps hostile ones from costing time. */
const maxCertificateBytes = 256 * 1024;

/** Reads a certificate's DER. Never throws: what cannot be read comes back with the reason. */
export function readCertificate(der: Buffer): ReadCertificate {
  if (der.length > maxCertificateBytes) {
    return { kind: 'unreadable', why: `it is longer than ${maxCertificateBytes} bytes` };
  }
  try {
    return { kind: 'certificate', certificate: readX509(der) };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { kind: 'unreadable', why: error.message };
  }
}

function readX509(der: Buffer): X509 {
  return readSequence(readDer(der, tags.sequence), (outer) => {
    const tbs = outer.next(tags.sequence);
    const algorithm = readAlgorithm(outer.next(tags.sequence));
    const signature = readBitOctets(outer.next(tags.bitString));
    const { innerAlgorithm, ...fields } = readSequence(tbs, readTbs);
    return {
      der,
      sha256: createHash('sha256').update(der).digest('hex'),
      tbs: tbs.raw,
      ...fields,
      algorithm,
      signatureKind: signatureKind(algorithm),
      signature,
      algorithmsAgree: innerAlgorithm.raw.equals(algorithm.raw),
    };
  });
}

function readTbs(cursor: DerCursor) {
  const version = cursor.optional(0xa0);
  const serial = cursor.next(tags.integer);
  const innerAlgorithm = readAlgorithm(cursor.next(tags.sequence));
  const issuer = readName(cursor.next(tags.sequence));
  const validity = readSequence(cursor.next(tags.sequence), (times) => ({
    notBefore: readTime(times.next()),
    notAfter: readTime(times.next()),
  }));
  const subject = readName(cursor.next(tags.sequence));
  const key = readPublicKey(cursor.next(tags.sequence).raw);
  cursor.optional(0x81); // unique identifiers, which nobody uses
  cursor.optional(0x82);
  const extensions = cursor.optional(0xa3);
  return {
    version: version ? explicit(version, readSmallInteger) + 1 : 1,
    serial: serial.content,
    serialText: readIntegerHex(serial),
    innerAlgorithm,
    issuer,
    subject,
    ...validity,
    key,
    extensions: readExtensions(extensions && explicit(extensions, (inner) => inner)),
  };
}

/** The one element inside an explicit tag. */
function explicit<T>(element: Der, read: (inner: Der) => T): T {
  return readSequence(element, (cursor) => read(cursor.next()));
}
