import { derChildren, DerError, derCursor, readDer, readSequence, tags, type Der } from './der';
import { readBoolean, readNamedBits, readOid, readSmallInteger } from './derValues';
import { readGeneralName, readGeneralNames, urlsOf, type GeneralName } from './generalNames';
import { readNameConstraints, type NameConstraints } from './nameConstraints';
import { readSctCount } from './sct';

/** The extensions of a certificate that a TLS client looks at (RFC 5280, 4.2). */
export interface Extensions {
  basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  keyUsage?: readonly string[];
  /** By name, `serverAuth`, or OID. */
  extendedKeyUsage?: readonly string[];
  subjectAltNames?: readonly GeneralName[];
  nameConstraints?: NameConstraints;
  subjectKeyId?: Buffer;
  authorityKeyId?: Buffer;
  ocspUrls: readonly string[];
  issuerUrls: readonly string[];
  crlUrls: readonly string[];
  /** RFC 7633: the feature status_request. */
  mustStaple: boolean;
  /** Embedded certificate timestamps, undefined where the list cannot be read. */
  scts: number | undefined;
  /** RFC 6962, 3.1: not a certificate, only the form of one that is sent to logs. */
  precertificate: boolean;
  /** Critical ones that this program does not know, by OID. */
  unknownCritical: readonly string[];
  /** Known ones whose content makes no sense, by OID. */
  broken: readonly string[];
}

/** Reads Extensions; one that makes no sense is named in `broken` and spoils no other. */
export function readExtensions(sequence: Der | undefined): Extensions {
  const unknownCritical: string[] = [];
  const broken: string[] = [];
  const found: Extensions = {
    ocspUrls: [],
    issuerUrls: [],
    crlUrls: [],
    mustStaple: false,
    scts: 0,
    precertificate: false,
    unknownCritical,
    broken,
  };
  const seen = new Set<string>();
  for (const element of sequence ? derChildren(sequence) : []) {
    const { oid, critical, value } = readExtension(element);
    const read = readers[oid];
    if (!read && critical && !ignored.has(oid)) unknownCritical.push(oid);
    // RFC 5280, 4.2: not more than one of each; which one counts, nobody can say.
    if (seen.has(oid)) broken.push(oid);
    seen.add(oid);
    try {
      Object.assign(found, read?.(value));
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      broken.push(oid);
      if (oid === sctList) found.scts = undefined;
    }
  }
  return found;
}

function readExtension(element: Der): { oid: string; critical: boolean; value: Buffer } {
  return readSequence(element, (cursor) => {
    const oid = readOid(cursor.next(tags.oid));
    const critical = cursor.optional(tags.boolean);
    const value = cursor.next(tags.octetString).content;
    return { oid, critical: critical !== undefined && readBoolean(critical), value };
  });
}

const sctList = '1.3.6.1.4.1.11129.2.4.2';

/** Known, may be critical, and of no weight here: issuer names, policies, Netscape's type, OCSP's no check. */
const ignored = new Set([
  '2.5.29.18',
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.54',
  '2.16.840.1.113730.1.1',
  '1.3.6.1.5.5.7.48.1.5',
]);

const readers: Readonly<Record<string, (value: Buffer) => Partial<Extensions>>> = {
  '2.5.29.14': (value) => ({ subjectKeyId: readDer(value, tags.octetString).content }),
  '2.5.29.15': (value) => ({
    keyUsage: readNamedBits(readDer(value)).map((bit) => keyUsages[bit] ?? `bit ${bit}`),
  }),
  '2.5.29.17': (value) => ({ subjectAltNames: readGeneralNames(readDer(value, tags.sequence)) }),
  '2.5.29.19': (value) => ({ basicConstraints: readBasicConstraints(value) }),
  '2.5.29.30': (value) => ({ nameConstraints: readNameConstraints(readDer(value, tags.sequence)) }),
  '2.5.29.31': (value) => ({ crlUrls: readDistributionPoints(value) }),
  '2.5.29.35': readAuthorityKeyId,
  '2.5.29.37': (value) => ({
    extendedKeyUsage: derChildren(readDer(value, tags.sequence))
      .map(readOid)
      .map((oid) => extendedKeyUsages[oid] ?? oid),
  }),
  '1.3.6.1.5.5.7.1.1': readAuthorityInfo,
  '1.3.6.1.5.5.7.1.24': (value) => ({
    mustStaple: derChildren(readDer(value, tags.sequence)).map(readSmallInteger).includes(5),
  }),
  [sctList]: (value) => ({ scts: readSctCount(readDer(value, tags.octetString).content) }),
  '1.3.6.1.4.1.11129.2.4.3': () => ({ precertificate: true }),
};

function readBasicConstraints(value: Buffer): { ca: boolean; pathLength?: number } {
  return readSequence(readDer(value, tags.sequence), (cursor) => {
    const ca = cursor.optional(tags.boolean);
    const pathLength = cursor.optional(tags.integer);
    return {
      ca: ca !== undefined && readBoolean(ca),
      ...(pathLength && { pathLength: readSmallInteger(pathLength) }),
    };
  });
}

function readAuthorityKeyId(value: Buffer): Partial<Extensions> {
  const id = derCursor(readDer(value, tags.sequence).content).optional(0x80);
  return id ? { authorityKeyId: id.content } : {};
}

/** RFC 5280, 4.2.2.1. */
function readAuthorityInfo(value: Buffer): Partial<Extensions> {
  const places = derChildren(readDer(value, tags.sequence)).map((description) =>
    readSequence(description, (cursor) => ({
      method: readOid(cursor.next(tags.oid)),
      name: readGeneralName(cursor.next()),
    })),
  );
  const urls = (method: string) =>
    urlsOf(places.filter((place) => place.method === method).map((place) => place.name));
  return { ocspUrls: urls('1.3.6.1.5.5.7.48.1'), issuerUrls: urls('1.3.6.1.5.5.7.48.2') };
}

/** RFC 5280, 4.2.1.13: the full names of every distribution point. */
function readDistributionPoints(value: Buffer): string[] {
  return derChildren(readDer(value, tags.sequence)).flatMap((point) => {
    const place = derCursor(point.content).optional(0xa0);
    const fullName = place && derCursor(place.content).optional(0xa0);
    return fullName ? urlsOf(readGeneralNames(fullName)) : [];
  });
}

/** RFC 5280, 4.2.1.3: by bit. */
const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

/** RFC 5280, 4.2.1.12, and the gated crypto of browsers of the nineties. */
const extendedKeyUsages: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
};
