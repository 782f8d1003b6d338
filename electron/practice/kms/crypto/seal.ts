import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Collections } from '../../account/collections';

const ivLength = 12;
const tagLength = 16;

/**
 * The account's own secret, with which it seals what only itself may read: the headers of ciphertexts
 * and import tokens. Made at the first use and kept with the account.
 */
export interface Seal {
  seal(plaintext: Uint8Array, purpose: string): Buffer;
  /** Undefined for anything that this account did not seal for this purpose. */
  open(sealed: Buffer, purpose: string): Buffer | undefined;
}

export function openSeal(state: Collections): Seal {
  const stored = state.of<{ key: string }>('kms-seal');
  const key = () => {
    const found = stored.get('seal');
    if (found) return Buffer.from(found.key, 'base64');
    const made = randomBytes(32);
    stored.put('seal', { key: made.toString('base64') });
    state.commit();
    return made;
  };
  return {
    seal: (plaintext, purpose) => gcmSeal(key(), plaintext, Buffer.from(purpose)),
    open: (sealed, purpose) => gcmOpen(key(), sealed, Buffer.from(purpose)),
  };
}

/** AES-256-GCM under a random IV, which goes first; the tag goes last. */
export function gcmSeal(key: Buffer, plaintext: Uint8Array, aad: Buffer): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined where key, additional data or any byte is not as it was sealed. */
export function gcmOpen(key: Buffer, sealed: Buffer, aad: Buffer): Buffer | undefined {
  if (sealed.length < ivLength + tagLength) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivLength), {
    authTagLength: tagLength,
  })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-tagLength));
  try {
    const start = decipher.update(sealed.subarray(ivLength, -tagLength));
    return Buffer.concat([start, decipher.final()]);
  } catch {
    return undefined;
  }
}
