import { readAlgorithm, signatureKind, type SignatureKind } from './algorithms';
import { derChildren, DerError, derCursor, readDer, readSequence, tags, type Der } from './der';
import { readBitOctets, readBoolean, readIntegerHex, readOid, readTime } from './derValues';
import { isAuthority } from './describe';
import { readName } from './distinguishedName';
import { readGeneralNames, urlsOf } from './generalNames';
import { outOfTime, type RevocationAnswer } from './ocsp';
import { checkSignature } from './signature';
import type { X509 } from './x509';

/**
 * Reads and verifies a CRL (RFC 5280, section 5 and 6.3) and looks a certificate up in it. DER, of any
 * length: entries are passed over one by one. Never throws.
 */
export function checkCrl(
  der: Buffer,
  {
    certificate,
    issuer,
    url,
  }: { readonly certificate: X509; readonly issuer: X509; readonly url: string },
  now: Date,
): RevocationAnswer {
  try {
    return judgeCrl(readCrl(der, certificate.serialText), { certificate, issuer, url }, now);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { kind: 'invalid', why: `it is no revocation list (${error.message})` };
  }
}

interface Crl {
  readonly signed: Buffer;
  readonly signatureKind: SignatureKind;
  readonly signature: Buffer;
  /** The key of its issuer's name. */
  readonly issuer: string;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** When the certificate that was looked for was revoked. */
  readonly revokedAt: Date | undefined;
  /** What makes the list one that does not speak for every certificate. */
  readonly limits: readonly string[];
  /** Where a list that is one of several says it is from. */
  readonly places: readonly string[];
  readonly scope: 'all' | 'servers' | 'authorities';
}

function judgeCrl(
  crl: Crl,
  { certificate, issuer, url }: { certificate: X509; issuer: X509; url: string },
  now: Date,
): RevocationAnswer {
  const { nextUpdate, revokedAt } = crl;
  const usage = issuer.extensions.keyUsage;
  if (crl.issuer !== issuer.subject.key)
    return { kind: 'unsure', why: 'it is from another issuer' };
  if (usage && !usage.includes('cRLSign'))
    return { kind: 'unsure', why: 'its issuer may not sign lists' };
  const check = checkSignature(crl.signatureKind, issuer.key, crl.signed, crl.signature);
  if (check === 'unsupported')
    return { kind: 'unsure', why: 'its signature cannot be verified here' };
  if (check === 'invalid') return { kind: 'invalid', why: 'its signature is wrong' };
  const late = outOfTime(crl.thisUpdate, nextUpdate, now);
  if (late) return { kind: 'invalid', why: late };
  if (crl.limits.length > 0)
    return { kind: 'unsure', why: `it is limited (${crl.limits.join(', ')})` };
  const wanted = isAuthority(certificate) ? 'authorities' : 'servers';
  const here = crl.places.length === 0 || crl.places.includes(url);
  if (!here || (crl.scope !== 'all' && crl.scope !== wanted)) {
    return { kind: 'unsure', why: 'it is for other certificates' };
  }
  return {
    kind: 'verified',
    status: revokedAt ? 'revoked' : 'good',
    ...(revokedAt && { revokedAt }),
    producedAt: crl.thisUpdate,
    ...(nextUpdate && { nextUpdate }),
    scts: 0,
  };
}

function readCrl(der: Buffer, serial: string): Crl {
  return readSequence(readDer(der, tags.sequence), (cursor) => {
    const list = cursor.next(tags.sequence);
    const kind = signatureKind(readAlgorithm(cursor.next(tags.sequence)));
    const signature = readBitOctets(cursor.next(tags.bitString));
    return { signed: list.raw, signatureKind: kind, signature, ...readList(list, serial) };
  });
}

function readList(list: Der, serial: string) {
  return readSequence(list, (cursor) => {
    cursor.optional(tags.integer);
    cursor.next(tags.sequence);
    const issuer = readName(cursor.next(tags.sequence)).key;
    const thisUpdate = readTime(cursor.next());
    const nextUpdate = cursor.optional(tags.utcTime) ?? cursor.optional(tags.generalizedTime);
    const entries = cursor.optional(tags.sequence);
    const extensions = cursor.optional(0xa0);
    return {
      issuer,
      thisUpdate,
      nextUpdate: nextUpdate && readTime(nextUpdate),
      revokedAt: entries && findEntry(entries, serial),
      ...readExtensions(extensions),
    };
  });
}

function findEntry(entries: Der, serial: string): Date | undefined {
  const cursor = derCursor(entries.content);
  while (!cursor.done) {
    const entry = derCursor(cursor.next(tags.sequence).content);
    if (readIntegerHex(entry.next(tags.integer)) === serial) return readTime(entry.next());
  }
  return undefined;
}

function readExtensions(extensions: Der | undefined): Pick<Crl, 'limits' | 'places' | 'scope'> {
  let found: Pick<Crl, 'limits' | 'places' | 'scope'> = { limits: [], places: [], scope: 'all' };
  const list = extensions ? derChildren(readDer(extensions.content, tags.sequence)) : [];
  for (const element of list) {
    const cursor = derCursor(element.content);
    const oid = readOid(cursor.next(tags.oid));
    const flag = cursor.optional(tags.boolean);
    const value = cursor.next(tags.octetString).content;
    if (oid === '2.5.29.28') {
      const point = readIssuingPoint(readDer(value, tags.sequence));
      found = { ...point, limits: [...found.limits, ...point.limits] };
    } else if (flag && readBoolean(flag)) {
      const limit = oid === '2.5.29.27' ? 'only what changed' : `critical extension ${oid}`;
      found = { ...found, limits: [...found.limits, limit] };
    }
  }
  return found;
}

/** RFC 5280, 5.2.5. */
function readIssuingPoint(sequence: Der): Pick<Crl, 'limits' | 'places' | 'scope'> {
  const fields = new Map(derChildren(sequence).map((field) => [field.tag, field.content]));
  const isSet = (tag: number) => (fields.get(tag)?.[0] ?? 0) !== 0;
  const place = fields.get(0xa0);
  const fullName = place && derCursor(place).optional(0xa0);
  return {
    limits: [
      ...(fields.has(0x83) ? ['only some reasons'] : []),
      ...(isSet(0x84) ? ['indirect'] : []),
      ...(isSet(0x85) ? ['only attribute certificates'] : []),
    ],
    places: fullName ? urlsOf(readGeneralNames(fullName)) : [],
    scope: isSet(0x81) ? 'servers' : isSet(0x82) ? 'authorities' : 'all',
  };
}
