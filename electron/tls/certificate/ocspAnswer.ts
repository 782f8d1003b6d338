import { readAlgorithm, signatureKind, type AlgorithmId, type SignatureKind } from './algorithms';
import { derChildren, DerError, derCursor, readDer, readSequence, tags, type Der } from './der';
import { readBitOctets, readIntegerHex, readOid, readSmallInteger, readTime } from './derValues';
import { readName } from './distinguishedName';
import { countScts } from './sct';
import { readCertificate, type X509 } from './x509';

/** What a responder says of one certificate (RFC 6960, 4.2.1, SingleResponse). */
export interface OcspStatus {
  readonly hash: AlgorithmId;
  readonly issuerNameHash: Buffer;
  readonly issuerKeyHash: Buffer;
  /** Upper-case hex. */
  readonly serial: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt?: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  /** Certificate timestamps that came with it. */
  readonly scts: number;
}

/** An OCSP answer, read and not verified. */
export interface OcspAnswer {
  /** What the signature covers. */
  readonly signed: Buffer;
  readonly responder: { readonly name: string } | { readonly keyHash: Buffer };
  readonly producedAt: Date;
  readonly statuses: readonly OcspStatus[];
  readonly signatureKind: SignatureKind;
  readonly signature: Buffer;
  readonly certificates: readonly X509[];
}

export type ReadOcsp =
  | { readonly kind: 'answer'; readonly answer: OcspAnswer }
  /** The responder refused (`tryLater`), or the bytes are no OCSP answer. */
  | { readonly kind: 'none'; readonly why: string };

const maxAnswerBytes = 256 * 1024;

/** Reads an OCSPResponse (RFC 6960, 4.2.1). Never throws. */
export function readOcspAnswer(der: Buffer): ReadOcsp {
  if (der.length > maxAnswerBytes) {
    return { kind: 'none', why: `it is longer than ${maxAnswerBytes} bytes` };
  }
  try {
    return readResponse(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { kind: 'none', why: `it is no OCSP answer (${error.message})` };
  }
}

function readResponse(der: Buffer): ReadOcsp {
  return readSequence(readDer(der, tags.sequence), (cursor) => {
    const status = readSmallInteger(cursor.next(tags.enumerated));
    if (status !== 0)
      return { kind: 'none', why: `the responder says "${refusals[status] ?? status}"` };
    const bytes = readSequence(cursor.next(0xa0), (inner) => inner.next(tags.sequence));
    return readSequence(bytes, (inner) => {
      if (readOid(inner.next(tags.oid)) !== '1.3.6.1.5.5.7.48.1.1') {
        throw new DerError('no basic answer');
      }
      return { kind: 'answer', answer: readBasic(inner.next(tags.octetString).content) };
    });
  });
}

function readBasic(der: Buffer): OcspAnswer {
  return readSequence(readDer(der, tags.sequence), (cursor) => {
    const data = cursor.next(tags.sequence);
    const kind = signatureKind(readAlgorithm(cursor.next(tags.sequence)));
    const signature = readBitOctets(cursor.next(tags.bitString));
    const certificates = cursor.optional(0xa0);
    const read = certificates
      ? readSequence(certificates, (inner) => derChildren(inner.next(tags.sequence)))
      : [];
    return {
      signed: data.raw,
      ...readResponseData(data),
      signatureKind: kind,
      signature,
      certificates: read
        .slice(0, 10)
        .map(({ raw }) => readCertificate(raw))
        .flatMap((one) => (one.kind === 'certificate' ? [one.certificate] : [])),
    };
  });
}

function readResponseData(data: Der) {
  return readSequence(data, (cursor) => {
    cursor.optional(0xa0);
    const responder = readResponder(cursor.next());
    const producedAt = readTime(cursor.next());
    const statuses = derChildren(cursor.next(tags.sequence)).map(readStatus);
    cursor.optional(0xa1);
    return { responder, producedAt, statuses };
  });
}

function readResponder(id: Der): OcspAnswer['responder'] {
  if (id.tag === 0xa1) return { name: readName(readDer(id.content)).key };
  if (id.tag === 0xa2) return { keyHash: readDer(id.content, tags.octetString).content };
  throw new DerError('no responder id');
}

function readStatus(single: Der): OcspStatus {
  return readSequence(single, (cursor) => {
    const id = readSequence(cursor.next(tags.sequence), (inner) => ({
      hash: readAlgorithm(inner.next(tags.sequence)),
      issuerNameHash: inner.next(tags.octetString).content,
      issuerKeyHash: inner.next(tags.octetString).content,
      serial: readIntegerHex(inner.next(tags.integer)),
    }));
    const status = statusOf(cursor.next());
    const thisUpdate = readTime(cursor.next());
    const nextUpdate = cursor.optional(0xa0);
    const extensions = cursor.optional(0xa1);
    return {
      ...id,
      ...status,
      thisUpdate,
      ...(nextUpdate && { nextUpdate: readTime(readDer(nextUpdate.content)) }),
      scts: extensions ? sctsIn(extensions) : 0,
    };
  });
}

function statusOf(choice: Der): Pick<OcspStatus, 'status' | 'revokedAt'> {
  if (choice.tag === 0x80) return { status: 'good' };
  if (choice.tag === 0x82) return { status: 'unknown' };
  if (choice.tag !== 0xa1) throw new DerError('no status');
  return { status: 'revoked', revokedAt: readTime(derCursor(choice.content).next()) };
}

/** RFC 6962, 3.3: the extension holds an OCTET STRING of the list. */
function sctsIn(extensions: Der): number {
  for (const extension of derChildren(readDer(extensions.content, tags.sequence))) {
    const parts = derChildren(extension);
    const [oid, value] = [parts[0], parts.at(-1)];
    if (oid?.tag !== tags.oid || readOid(oid) !== '1.3.6.1.4.1.11129.2.4.5' || !value) continue;
    return countScts(readDer(value.content, tags.octetString).content) ?? 0;
  }
  return 0;
}

/** RFC 6960, 4.2.1, OCSPResponseStatus. */
const refusals: Readonly<Record<number, string>> = {
  1: 'malformed request',
  2: 'internal error',
  3: 'try later',
  5: 'signature required',
  6: 'unauthorized',
};
