import { DerError } from './der';

/** Counts a SignedCertificateTimestampList (RFC 6962, 3.3; TLS encoding); throws DerError where it is none. */
export function readSctCount(bytes: Buffer): number {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== bytes.length - 2) {
    throw new DerError('no list of timestamps');
  }
  let count = 0;
  for (let at = 2; at < bytes.length; count += 1) {
    if (at + 2 > bytes.length) throw new DerError('ends in a length');
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) throw new DerError('ends before its length');
    // Version 1: log id, milliseconds, extensions, signature (RFC 6962, 3.2).
    if (end - at < 45 || bytes[at + 2] !== 0) throw new DerError('no timestamp of version 1');
    at = end;
  }
  return count;
}

/** How many timestamps a list holds; nothing where it cannot be read. */
export function countScts(bytes: Buffer): number | undefined {
  try {
    return readSctCount(bytes);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
