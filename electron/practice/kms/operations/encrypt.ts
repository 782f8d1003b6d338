import type { EncryptRequest, EncryptResponse } from '@aws-sdk/client-kms';
import { required, secretBlob } from '../../protocol/rules';
import { anyKey, operation, stopIfDryRun, type KmsContext } from '../context';
import type { Context } from '../crypto/ciphertext';
import { rsaEncrypt } from '../crypto/rsa';
import { encryptWith } from '../crypto/symmetric';
import { dryRun, encryptionAlgorithm, encryptionContext, grantTokens, keyId } from '../members';
import { keyArn, type KeyRecord } from '../model';
import { checkGrantTokens, noteUse, requireAlgorithm, requireUsable } from '../use';

export const encrypt = operation<EncryptRequest, EncryptResponse>({
  name: 'Encrypt',
  members: {
    KeyId: keyId,
    Plaintext: required(secretBlob(1, 4096)),
    EncryptionContext: encryptionContext,
    GrantTokens: grantTokens,
    EncryptionAlgorithm: encryptionAlgorithm,
    DryRun: dryRun,
  },
  run(input, context) {
    const algorithm = input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    checkGrantTokens(context, input);
    const key = anyKey(context, input.KeyId);
    requireUsable(context, key, 'ENCRYPT_DECRYPT');
    requireAlgorithm(key, algorithm);
    stopIfDryRun(input);
    const { blob } = encryptUnder(
      context,
      key,
      algorithm,
      input.EncryptionContext,
      input.Plaintext,
    );
    noteUse(context, key);
    return { CiphertextBlob: blob, KeyId: keyArn(key), EncryptionAlgorithm: algorithm };
  },
});

/** Encrypts with the algorithm that was asked for; only a symmetric key tells the version it used. */
export function encryptUnder(
  context: KmsContext,
  key: KeyRecord,
  algorithm: string,
  bound: Context,
  plaintext: Uint8Array,
): { blob: Buffer; materialId?: string } {
  if (algorithm === 'SYMMETRIC_DEFAULT') return encryptWith(context, key, bound, plaintext);
  return { blob: rsaEncrypt(key, algorithm, plaintext) };
}
