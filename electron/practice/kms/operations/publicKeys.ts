import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import type {
  DeriveSharedSecretRequest,
  DeriveSharedSecretResponse,
  GetPublicKeyRequest,
  GetPublicKeyResponse,
} from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import { blob, oneOf, required } from '../../protocol/rules';
import { anyKey, operation, stopIfDryRun } from '../context';
import { publicKeyOf } from '../crypto/keyPairs';
import { requireState } from '../keyState';
import { dryRun, grantTokens, keyId, recipient } from '../members';
import { algorithms } from '../metadata';
import { currentMaterial, keyArn, type KeyRecord } from '../model';
import { refuseRecipient } from '../recipient';
import { specOf } from '../specs';
import { checkGrantTokens, materialInUse, noteUse, requireUsable } from '../use';

export const getPublicKey = operation<GetPublicKeyRequest, GetPublicKeyResponse>({
  name: 'GetPublicKey',
  members: { KeyId: keyId, GrantTokens: grantTokens },
  run(input, context) {
    checkGrantTokens(context, input);
    const key = anyKey(context, input.KeyId);
    requireState(context.operation, key);
    const { family } = specOf(key);
    if (family === 'symmetric' || family === 'hmac') {
      throw new AwsError('UnsupportedOperationException');
    }
    return {
      KeyId: keyArn(key),
      PublicKey: publicHalf(key),
      CustomerMasterKeySpec: key.keySpec,
      KeySpec: key.keySpec,
      KeyUsage: key.keyUsage,
      ...algorithms(key),
    } as GetPublicKeyResponse;
  },
});

/**
 * Also of imported material that has expired or was deleted; not of what never came.
 * @throws AwsError KMSInvalidStateException
 */
function publicHalf(key: KeyRecord): Buffer {
  const { publicKey, secret } = currentMaterial(key) ?? {};
  if (publicKey !== undefined) return Buffer.from(publicKey, 'base64');
  if (!secret) {
    throw new AwsError('KMSInvalidStateException', `${keyArn(key)} is pending import.`);
  }
  return publicKeyOf(key.keySpec, Buffer.from(secret, 'base64'));
}

export const deriveSharedSecret = operation<DeriveSharedSecretRequest, DeriveSharedSecretResponse>({
  name: 'DeriveSharedSecret',
  members: {
    KeyId: keyId,
    KeyAgreementAlgorithm: required(oneOf(['ECDH'])),
    PublicKey: required(blob(1, 8192)),
    GrantTokens: grantTokens,
    DryRun: dryRun,
    Recipient: recipient,
  },
  run(input, context) {
    refuseRecipient(input.Recipient);
    checkGrantTokens(context, input);
    const key = anyKey(context, input.KeyId);
    requireUsable(context, key, 'KEY_AGREEMENT');
    const secret = Buffer.from(materialInUse(key).secret, 'base64');
    const shared = agree(secret, Buffer.from(input.PublicKey));
    stopIfDryRun(input);
    noteUse(context, key);
    return {
      KeyId: keyArn(key),
      SharedSecret: shared,
      KeyAgreementAlgorithm: 'ECDH',
      KeyOrigin: key.origin,
    };
  },
});

/** @throws AwsError ValidationException, without a text, for a public key that does not fit */
function agree(pkcs8: Buffer, spki: Buffer): Buffer {
  try {
    return diffieHellman({
      privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
      publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
    });
  } catch {
    throw validationError('');
  }
}
