import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { validationError } from '../../protocol/awsError';
import type { KeyRecord } from '../model';
import { specOf } from '../specs';
import { materialInUse } from '../use';
import { invalidCiphertext } from './ciphertext';

const hashes: Readonly<Record<string, { name: string; bytes: number }>> = {
  RSAES_OAEP_SHA_1: { name: 'sha1', bytes: 20 },
  RSAES_OAEP_SHA_256: { name: 'sha256', bytes: 32 },
};

/**
 * RSA-OAEP with the key's public half: the ciphertext is plain RSA, as AWS's, and names no key.
 * @throws AwsError ValidationException for more plaintext than the modulus takes
 */
export function rsaEncrypt(key: KeyRecord, algorithm: string, plaintext: Uint8Array): Buffer {
  const hash = hashOf(algorithm);
  const most = specOf(key).size / 8 - 2 * hash.bytes - 2;
  if (plaintext.length > most) {
    throw validationError(
      `Algorithm ${algorithm} and key spec ${key.keySpec} cannot encrypt data larger than ${most} bytes.`,
    );
  }
  return publicEncrypt(
    {
      key: createPublicKey(privateKey(key)),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: hash.name,
    },
    plaintext,
  );
}

/** @throws AwsError InvalidCiphertextException */
export function rsaDecrypt(key: KeyRecord, algorithm: string, ciphertext: Uint8Array): Buffer {
  try {
    return privateDecrypt(
      {
        key: privateKey(key),
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: hashOf(algorithm).name,
      },
      ciphertext,
    );
  } catch {
    throw invalidCiphertext();
  }
}

/** The private key of an asymmetric key. */
export function privateKey(key: KeyRecord) {
  return createPrivateKey({
    key: Buffer.from(materialInUse(key).secret, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
}

function hashOf(algorithm: string) {
  const hash = hashes[algorithm];
  if (!hash) throw new Error(`No RSA encryption algorithm ${algorithm}`);
  return hash;
}
