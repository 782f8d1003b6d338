import type { DecryptRequest, DecryptResponse } from '@aws-sdk/client-kms';
import { validationError } from '../../protocol/awsError';
import { blob, optional } from '../../protocol/rules';
import { anyKey, operation, stopIfDryRun, type KmsContext } from '../context';
import type { Context } from '../crypto/ciphertext';
import { rsaDecrypt } from '../crypto/rsa';
import { decryptWith, keyOfCiphertext, requireSameKey } from '../crypto/symmetric';
import {
  dryRun,
  dryRunModifiers,
  encryptionAlgorithm,
  encryptionContext,
  grantTokens,
  optionalKeyId,
  recipient,
} from '../members';
import { keyArn, type KeyRecord } from '../model';
import { refuseRecipient } from '../recipient';
import { checkGrantTokens, noteUse, requireAlgorithm, requireUsable } from '../use';

export const decrypt = operation<DecryptRequest, DecryptResponse>({
  name: 'Decrypt',
  members: {
    CiphertextBlob: optional(blob(1, 6144)),
    EncryptionContext: encryptionContext,
    GrantTokens: grantTokens,
    KeyId: optionalKeyId,
    EncryptionAlgorithm: encryptionAlgorithm,
    Recipient: recipient,
    DryRun: dryRun,
    DryRunModifiers: dryRunModifiers,
  },
  run(input, context) {
    const algorithm = input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    refuseRecipient(input.Recipient);
    checkGrantTokens(context, input);
    const { key, plaintext, materialId } = openUnder(context, {
      blob: input.CiphertextBlob,
      keyId: input.KeyId,
      algorithm,
      bound: input.EncryptionContext,
      withoutCiphertext: ignoresCiphertext(input),
    });
    stopIfDryRun(input);
    noteUse(context, key);
    return {
      KeyId: keyArn(key),
      Plaintext: plaintext,
      EncryptionAlgorithm: algorithm,
      KeyMaterialId: materialId,
    };
  },
});

interface ToOpen {
  readonly blob: Uint8Array | undefined;
  readonly keyId: string | undefined;
  readonly algorithm: string;
  readonly bound: Context;
  /** A dry run that asks for the permission alone. */
  readonly withoutCiphertext: boolean;
}

interface Opened {
  readonly key: KeyRecord;
  readonly plaintext: Buffer;
  readonly materialId: string | undefined;
}

/** Opens a ciphertext: a symmetric one names its key itself, an RSA one does not. */
export function openUnder(context: KmsContext, request: ToOpen): Opened {
  if (request.withoutCiphertext) return checkOnly(context, request);
  if (request.blob === undefined) {
    throw validationError(
      "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
    );
  }
  if (request.algorithm !== 'SYMMETRIC_DEFAULT') return openRsa(context, request, request.blob);
  const { key, opened } = keyOfCiphertext(context, request.blob);
  if (request.keyId !== undefined) requireSameKey(anyKey(context, request.keyId), key);
  requireUsable(context, key, 'ENCRYPT_DECRYPT');
  const plaintext = decryptWith(key, opened, request.bound);
  return { key, plaintext, materialId: opened.origin.materialId };
}

export function ignoresCiphertext(input: {
  DryRun?: boolean | undefined;
  DryRunModifiers?: readonly string[] | undefined;
}): boolean {
  return input.DryRun === true && input.DryRunModifiers?.includes('IGNORE_CIPHERTEXT') === true;
}

function openRsa(context: KmsContext, request: ToOpen, ciphertext: Uint8Array): Opened {
  const key = usableKey(context, request);
  return { key, plaintext: rsaDecrypt(key, request.algorithm, ciphertext), materialId: undefined };
}

function checkOnly(context: KmsContext, request: ToOpen): Opened {
  return { key: usableKey(context, request), plaintext: Buffer.alloc(0), materialId: undefined };
}

function usableKey(context: KmsContext, request: ToOpen): KeyRecord {
  if (request.keyId === undefined) throw validationError('KeyId must not be null');
  const key = anyKey(context, request.keyId);
  requireUsable(context, key, 'ENCRYPT_DECRYPT');
  requireAlgorithm(key, request.algorithm);
  return key;
}
