import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';

/** A further layer under a sealed key: the system's keychain, where there is one. */
export interface Keychain {
  protect(bytes: Uint8Array): Uint8Array;
  /** Throws where it was protected on another machine or for another user. */
  unprotect(bytes: Uint8Array): Uint8Array;
}

const sealedSchema = z.object({
  v: z.literal(1),
  kdf: z.literal('scrypt'),
  n: z.number().int(),
  r: z.number().int(),
  p: z.number().int(),
  salt: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
  keychain: z.boolean(),
});

/** OWASP Password Storage Cheat Sheet: scrypt with N = 2^17, r = 8, p = 1 (128 MiB). */
const cost = { n: 2 ** 17, r: 8, p: 1 };

/** Puts a secret under a passphrase: scrypt, AES-256-GCM, and the keychain around it where there is one. */
export async function sealSecret(
  secret: Uint8Array,
  passphrase: string,
  keychain: Keychain | undefined,
): Promise<string> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const key = await derive(passphrase, salt, cost);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  key.fill(0);
  return JSON.stringify({
    v: 1,
    kdf: 'scrypt',
    ...cost,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    ciphertext: Buffer.from(keychain ? keychain.protect(sealed) : sealed).toString('base64'),
    keychain: keychain !== undefined,
  } satisfies z.infer<typeof sealedSchema>);
}

/** Opens it. Throws AppError `bad-request` for a wrong passphrase, `unsupported` where the keychain is another. */
export async function openSecret(
  text: string,
  passphrase: string,
  keychain: Keychain | undefined,
): Promise<Buffer> {
  const {
    salt,
    nonce,
    ciphertext,
    keychain: inKeychain,
    n,
    r,
    p,
  } = sealedSchema.parse(JSON.parse(text));
  const bytes = fromKeychain(Buffer.from(ciphertext, 'base64'), inKeychain, keychain);
  const key = await derive(passphrase, Buffer.from(salt, 'base64'), { n, r, p });
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
  } catch {
    throw new AppError('bad-request', 'The passphrase is not the right one.');
  } finally {
    key.fill(0);
  }
}

function fromKeychain(bytes: Buffer, inKeychain: boolean, keychain: Keychain | undefined): Buffer {
  if (!inKeychain) return bytes;
  const elsewhere = () =>
    new AppError(
      'unsupported',
      'This key is in the keychain of another machine or user. Sign there, in the window.',
    );
  if (!keychain) throw elsewhere();
  try {
    return Buffer.from(keychain.unprotect(bytes));
  } catch {
    throw elsewhere();
  }
}

function derive(passphrase: string, salt: Buffer, { n, r, p }: typeof cost): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    // NFKC: the same passphrase typed on another keyboard is the same bytes.
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
