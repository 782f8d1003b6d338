import { createCipheriv, createDecipheriv } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import type { AeadName } from '../suites';
import { openCcm, sealCcm } from './ccm';

export interface Aead {
  readonly tagLength: number;
  /** Ciphertext and tag. */
  seal(nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Buffer;
  /** The plaintext; null where the tag does not fit. */
  open(nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Buffer | null;
}

/** Bytes of the key of an AEAD cipher. */
export function aeadKeyLength(name: AeadName): number {
  return name.startsWith('AES_128') ? 16 : 32;
}

/**
 * The cipher with a key, nonces of 12 bytes. AES-GCM is the runtime's; CHACHA20-POLY1305 and CCM, which
 * Electron's BoringSSL does not have, work the same way in every runtime.
 */
export function createAead(name: AeadName, key: Buffer): Aead {
  if (name === 'AES_128_GCM') return gcm('aes-128-gcm', key);
  if (name === 'AES_256_GCM') return gcm('aes-256-gcm', key);
  if (name === 'CHACHA20_POLY1305') return chacha(key);
  return ccm(key, name.endsWith('_8') ? 8 : 16);
}

function gcm(name: 'aes-128-gcm' | 'aes-256-gcm', key: Buffer): Aead {
  return {
    tagLength: 16,
    seal(nonce, aad, plaintext) {
      const cipher = createCipheriv(name, key, nonce).setAAD(aad);
      return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    },
    open(nonce, aad, sealed) {
      const at = sealed.length - 16;
      if (at < 0) return null;
      const decipher = createDecipheriv(name, key, nonce, { authTagLength: 16 }).setAAD(aad);
      decipher.setAuthTag(sealed.subarray(at));
      return orNull(() =>
        Buffer.concat([decipher.update(sealed.subarray(0, at)), decipher.final()]),
      );
    },
  };
}

function chacha(key: Buffer): Aead {
  return {
    tagLength: 16,
    seal: (nonce, aad, plaintext) =>
      Buffer.from(chacha20poly1305(key, nonce, aad).encrypt(plaintext)),
    open: (nonce, aad, sealed) =>
      orNull(() => Buffer.from(chacha20poly1305(key, nonce, aad).decrypt(sealed))),
  };
}

function ccm(key: Buffer, tagLength: 8 | 16): Aead {
  return {
    tagLength,
    seal: (nonce, aad, plaintext) => sealCcm(key, nonce, aad, plaintext, tagLength),
    open: (nonce, aad, sealed) => openCcm(key, nonce, aad, sealed, tagLength),
  };
}

/** What opens, or null: the libraries tell of a wrong tag by an exception. */
function orNull(open: () => Buffer): Buffer | null {
  try {
    return open();
  } catch {
    return null;
  }
}
