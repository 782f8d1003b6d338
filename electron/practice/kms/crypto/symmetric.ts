import { AwsError } from '../../protocol/awsError';
import type { KmsContext } from '../context';
import { keyArn, type KeyRecord } from '../model';
import { materialInUse } from '../use';
import {
  encryptBlob,
  invalidCiphertext,
  openBlob,
  type Context,
  type OpenedCiphertext,
} from './ciphertext';

/** Encrypts under the current version of a symmetric key; gives the blob and the version's id. */
export function encryptWith(
  context: KmsContext,
  key: KeyRecord,
  encryptionContext: Context,
  plaintext: Uint8Array,
): { blob: Buffer; materialId: string } {
  const material = materialInUse(key);
  const origin = {
    accountId: key.accountId,
    region: key.multiRegion ? '' : key.region,
    keyId: key.keyId,
    materialId: material.id,
  };
  const secret = Buffer.from(material.secret, 'base64');
  return {
    blob: encryptBlob(context.seal, origin, secret, encryptionContext, plaintext),
    materialId: material.id,
  };
}

/**
 * Finds the key that a ciphertext was made with, in this Region.
 * @throws AwsError InvalidCiphertextException; AccessDeniedException in AWS's words for a key that is
 *   not here, whatever the reason.
 */
export function keyOfCiphertext(
  context: KmsContext,
  blob: Uint8Array,
): { key: KeyRecord; opened: OpenedCiphertext } {
  const opened = openBlob(context.seal, blob);
  const { region, accountId, keyId } = opened.origin;
  const here = region === '' || region === context.region;
  const key = here ? context.ringOf(accountId)?.find(context.region, keyId) : undefined;
  if (!key) {
    throw new AwsError(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  }
  context.ciphertextOf?.(key);
  const named = context.input.KeyId ?? context.input.SourceKeyId;
  context.access.requireKey(context, key, typeof named === 'string' ? named : undefined);
  return { key, opened };
}

/** Decrypts with the version that made the ciphertext, however old it is. */
export function decryptWith(
  key: KeyRecord,
  opened: OpenedCiphertext,
  encryptionContext: Context,
): Buffer {
  const material = key.materials.find(({ id }) => id === opened.origin.materialId);
  if (!material?.secret) throw invalidCiphertext();
  return opened.decrypt(Buffer.from(material.secret, 'base64'), encryptionContext);
}

/** @throws AwsError IncorrectKeyException where the request names another key than the ciphertext */
export function requireSameKey(named: KeyRecord, used: KeyRecord): void {
  if (keyArn(named) === keyArn(used)) return;
  throw new AwsError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );
}
