import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { AppError } from '../../../shared/model/errors';
import { publicPem } from './keyPairs';

/**
 * Splits key material so that all shares together give it and fewer give nothing: all but the last
 * are random, the last is the exclusive or of the material with them (PCI DSS 3.7.6, split knowledge).
 */
export function splitMaterial(material: Uint8Array, count: number): Buffer[] {
  const shares = Array.from({ length: count - 1 }, () => randomBytes(material.length));
  return [...shares, combineShares([material, ...shares])];
}

/** The exclusive or of all shares. */
export function combineShares(shares: readonly Uint8Array[]): Buffer {
  const [first = new Uint8Array(), ...others] = shares;
  const combined = Buffer.from(first);
  for (const share of others) {
    if (share.length !== combined.length) {
      throw new AppError('bad-request', 'The shares are not of one length.');
    }
    for (const [index, byte] of share.entries()) combined[index] = (combined[index] ?? 0) ^ byte;
  }
  return combined;
}

/** Seals a share so that only the holder of one private key can open it: X25519, HKDF, AES-256-GCM. */
export function sealShare(share: Uint8Array, recipientPem: string): string {
  const own = generateKeyPairSync('x25519');
  const key = sharedKey(own.privateKey, createPublicKey(recipientPem));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const ciphertext = Buffer.concat([cipher.update(share), cipher.final(), cipher.getAuthTag()]);
  return JSON.stringify({
    from: publicPem(own.publicKey),
    nonce: nonce.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  });
}

/** Opens a share. Throws AppError `bad-request` where it was sealed to somebody else. */
export function openShare(sealed: string, key: KeyObject): Buffer {
  const { from = '', nonce = '', ciphertext = '' } = JSON.parse(sealed) as Record<string, string>;
  const bytes = Buffer.from(ciphertext, 'base64');
  try {
    const shared = sharedKey(key, createPublicKey(from));
    const decipher = createDecipheriv('aes-256-gcm', shared, Buffer.from(nonce, 'base64'));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
  } catch {
    throw new AppError('bad-request', 'This share was sealed to somebody else.');
  }
}

function sharedKey(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  return Buffer.from(hkdfSync('sha256', secret, '', 'claviger drill share', 32));
}
