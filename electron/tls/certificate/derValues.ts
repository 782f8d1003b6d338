import { DerError, tags, type Der } from './der';

/** `2.5.29.17` of an OBJECT IDENTIFIER (X.690, 8.19). */
export function readOid(element: Der): string {
  if (element.tag !== tags.oid || element.content.length === 0) throw new DerError('no OID');
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const [index, byte] of element.content.entries()) {
    // A longer one than any registered: no number of thousands of digits is made of hostile input.
    if (index >= 64) throw new DerError('OID too long');
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte & 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first, ...rest] = arcs;
  if (first === undefined) throw new DerError('OID without an end');
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}

/** An INTEGER as upper-case hex without leading zeros; a negative one with a minus in front. */
export function readIntegerHex(element: Der): string {
  const { content } = element;
  const [first] = content;
  if (element.tag !== tags.integer || first === undefined) throw new DerError('no INTEGER');
  const unsigned = BigInt(`0x${content.toString('hex')}`);
  const value = first < 0x80 ? unsigned : unsigned - (1n << BigInt(content.length * 8));
  return value.toString(16).toUpperCase();
}

/** A small non-negative INTEGER or ENUMERATED. */
export function readSmallInteger(element: Der): number {
  const { content } = element;
  if (content.length === 0 || content.length > 6) throw new DerError('INTEGER out of bounds');
  if ((content[0] ?? 0) & 0x80) throw new DerError('negative INTEGER');
  return content.readUIntBE(0, content.length);
}

export function readBoolean(element: Der): boolean {
  if (element.tag !== tags.boolean || element.content.length !== 1)
    throw new DerError('no BOOLEAN');
  return element.content[0] !== 0;
}

/** The octets of a BIT STRING that is a whole number of octets (signatures, keys). */
export function readBitOctets(element: Der): Buffer {
  const [unused] = element.content;
  if (element.tag !== tags.bitString || unused === undefined) throw new DerError('no BIT STRING');
  if (unused !== 0) throw new DerError('BIT STRING is no whole number of octets');
  return element.content.subarray(1);
}

/** The numbers of the bits that are set in a BIT STRING of named bits. */
export function readNamedBits(element: Der): number[] {
  const [unused, ...octets] = element.content.subarray(0, 9);
  if (element.tag !== tags.bitString || unused === undefined || unused > 7) {
    throw new DerError('no BIT STRING');
  }
  return octets.flatMap((octet, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => octet & (0x80 >> bit)).map((bit) => index * 8 + bit),
  );
}

/** UTCTime or GeneralizedTime in the forms that RFC 5280, 4.1.2.5 allows (and, for old certificates, without seconds). */
export function readTime(element: Der): Date {
  const text = element.content.toString('latin1');
  const utc = element.tag === tags.utcTime;
  if (!utc && element.tag !== tags.generalizedTime) throw new DerError('no time');
  const parts = (utc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/ : generalizedTime).exec(text);
  if (!parts) throw new DerError('no time');
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const fullYear = utc ? (year < 50 ? 2000 + year : 1900 + year) : year;
  const time = new Date(0);
  time.setUTCFullYear(fullYear, month - 1, day);
  time.setUTCHours(hours, minutes, seconds);
  const same = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hours < 24;
  if (!same || minutes > 59 || seconds > 60) throw new DerError('no such time');
  return time;
}

const generalizedTime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?Z$/;

/** The text of any of X.509's string types; what cannot be decoded shows as U+FFFD. */
export function readText(element: Der): string {
  const { content } = element;
  if (element.tag === 0x0c) return content.toString('utf8');
  if (element.tag === 0x1e) return new TextDecoder('utf-16be').decode(content);
  if (element.tag === 0x1c) return utf32(content);
  return content.toString('latin1');
}

function utf32(content: Buffer): string {
  const points: number[] = [];
  for (let at = 0; at + 4 <= content.length; at += 4) {
    const point = content.readUInt32BE(at);
    points.push(point > 0x10ffff ? 0xfffd : point);
  }
  return points.map((point) => String.fromCodePoint(point)).join('');
}
