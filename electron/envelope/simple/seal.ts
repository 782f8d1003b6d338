import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { EncryptionContext } from '../../../shared/model/envelope/context';
import { simpleMaxBytes } from '../../../shared/model/envelope/formats';
import { AppError } from '../../../shared/model/errors';
import { algorithm, nonceBytes, checksumOf, tagBytes, version, type SimpleEnvelope } from './read';

/** What stands beside the content, for whoever opens it. */
export interface SimpleFacts {
  readonly dataKey: Uint8Array;
  readonly keyArn: string;
  readonly keyMaterialId?: string | undefined;
  readonly context: EncryptionContext;
  readonly created: string;
}

/**
 * Seals a content under a data key that is used for nothing else, so that a random nonce is safe
 * (NIST SP 800-38D section 8.3). Gives the parts of the file, in their order. The context is bound by
 * KMS and is no additional data here: the guide's readers use none.
 */
export function sealSimple(
  plaintext: Uint8Array,
  key: Uint8Array,
  facts: SimpleFacts,
): { readonly parts: string[]; readonly bytes: number } {
  if (plaintext.length > simpleMaxBytes) {
    throw new AppError(
      'bad-request',
      `A simple envelope holds at most ${simpleMaxBytes / 1024 / 1024} MiB. Take the AWS Encryption SDK's format.`,
    );
  }
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return simpleText({ ...facts, dataKey: Buffer.from(facts.dataKey), nonce, ciphertext });
}

/** The file of an envelope. */
export function simpleText(envelope: SimpleEnvelope): {
  readonly parts: string[];
  readonly bytes: number;
} {
  const { dataKey, nonce, ciphertext, keyArn, keyMaterialId, context, created } = envelope;
  const head = JSON.stringify(
    {
      v: version,
      alg: algorithm,
      created,
      kms_key_arn: keyArn,
      key_material_id: keyMaterialId,
      encryption_context: context,
      sha256: checksumOf(envelope),
      encrypted_data_key: dataKey.toString('base64'),
      nonce: nonce.toString('base64'),
    },
    null,
    1,
  );
  const parts = [head.slice(0, -2), ',\n "ciphertext": "', ciphertext.toString('base64'), '"\n}\n'];
  return { parts, bytes: parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0) };
}

/** The content, once its tag was found right. Throws AppError `not-authentic`. */
export function openSimple({ nonce, ciphertext }: SimpleEnvelope, key: Uint8Array): Buffer {
  if (key.length !== 32) {
    throw new AppError(
      'not-authentic',
      `The data key has ${key.length} bytes; a simple envelope has one of 32.`,
    );
  }
  const end = ciphertext.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(ciphertext.subarray(end));
  const plaintext = decipher.update(ciphertext.subarray(0, end));
  try {
    decipher.final();
  } catch (error) {
    plaintext.fill(0);
    throw new AppError(
      'not-authentic',
      'The content does not fit its tag: content or nonce were altered, or the data key belongs to another envelope.',
      {},
      { cause: error },
    );
  }
  return plaintext;
}
