import { createHash, createHmac } from 'node:crypto';
import { Writer } from '../../wire/bytes';

export type ScheduleHash = 'sha256' | 'sha384';

/** HKDF-Extract (RFC 5869 section 2.2). */
export function extract(hash: ScheduleHash, salt: Buffer, material: Buffer): Buffer {
  return createHmac(hash, salt).update(material).digest();
}

/** HKDF-Expand-Label (RFC 8446 section 7.1): `length` bytes, at most 255 times the hash's. */
export function expandLabel(
  hash: ScheduleHash,
  secret: Buffer,
  label: string,
  context: Uint8Array,
  length: number,
): Buffer {
  const info = new Writer()
    .u16(length)
    .vector8(Buffer.from(`tls13 ${label}`, 'ascii'))
    .vector8(context)
    .build();
  const blocks: Buffer[] = [];
  let last: Buffer = Buffer.alloc(0);
  for (let have = 0, i = 1; have < length; have += last.length, i += 1) {
    last = createHmac(hash, secret).update(last).update(info).update(Uint8Array.of(i)).digest();
    blocks.push(last);
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** Derive-Secret (RFC 8446 section 7.1), with the transcript's hash. */
export function deriveSecret(
  hash: ScheduleHash,
  secret: Buffer,
  label: string,
  transcript: Buffer,
): Buffer {
  return expandLabel(hash, secret, label, transcript, hashLength(hash));
}

/** The early secret: from the pre-shared key, or from zeros without one. */
export function earlySecret(hash: ScheduleHash, psk?: Buffer): Buffer {
  const zeros = Buffer.alloc(hashLength(hash));
  return extract(hash, zeros, psk ?? zeros);
}

/** The next secret of the chain early, handshake, master: with the shared secret, or with zeros. */
export function nextSecret(hash: ScheduleHash, secret: Buffer, shared?: Buffer): Buffer {
  const salt = deriveSecret(hash, secret, 'derived', createHash(hash).digest());
  return extract(hash, salt, shared ?? Buffer.alloc(hashLength(hash)));
}

/** The Finished MAC of the side whose traffic secret this is (RFC 8446 section 4.4.4); binders too. */
export function finishedMac(hash: ScheduleHash, secret: Buffer, transcript: Buffer): Buffer {
  const key = expandLabel(hash, secret, 'finished', Buffer.alloc(0), hashLength(hash));
  return createHmac(hash, key).update(transcript).digest();
}

export function hashLength(hash: ScheduleHash): number {
  return hash === 'sha384' ? 48 : 32;
}
