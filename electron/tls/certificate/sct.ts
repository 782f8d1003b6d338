import { DerError } from './der';

/** A signed certificate timestamp (RFC 6962, 3.2), as far as a scan tells of it. */
export interface Sct {
  /** SHA-256 of the log's key, hex. */
  readonly logId: string;
  readonly timestamp: Date;
}

/** Reads a SignedCertificateTimestampList (RFC 6962, 3.3), TLS encoding; throws DerError where it is none. */
export function readSctList(bytes: Buffer): Sct[] {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== bytes.length - 2) {
    throw new DerError('no list of timestamps');
  }
  const list: Sct[] = [];
  for (let at = 2; at < bytes.length;) {
    if (at + 2 > bytes.length) throw new DerError('ends in a length');
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) throw new DerError('ends before its length');
    list.push(readSct(bytes.subarray(at + 2, end)));
    at = end;
  }
  return list;
}

/** How many timestamps a list holds; nothing where it cannot be read. */
export function countScts(bytes: Buffer): number | undefined {
  try {
    return readSctList(bytes).length;
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** Version 1: log id, milliseconds, extensions, signature. */
function readSct(bytes: Buffer): Sct {
  if (bytes.length < 43 || bytes[0] !== 0) throw new DerError('no timestamp of version 1');
  const timestamp = new Date(Number(bytes.readBigUInt64BE(33)));
  if (Number.isNaN(timestamp.getTime())) throw new DerError('no such time');
  return { logId: bytes.toString('hex', 1, 33), timestamp };
}
