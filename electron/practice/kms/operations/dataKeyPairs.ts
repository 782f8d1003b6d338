import type {
  GenerateDataKeyPairRequest,
  GenerateDataKeyPairResponse,
  GenerateDataKeyPairWithoutPlaintextRequest,
  GenerateDataKeyPairWithoutPlaintextResponse,
} from '@aws-sdk/client-kms';
import { AwsError } from '../../protocol/awsError';
import { oneOf, required } from '../../protocol/rules';
import { anyKey, operation, stopIfDryRun, type KmsContext } from '../context';
import { makeSecret } from '../crypto/keyMaterial';
import { publicKeyOf } from '../crypto/keyPairs';
import { encryptWith } from '../crypto/symmetric';
import { requireState } from '../keyState';
import { dryRun, encryptionContext, grantTokens, keyId, recipient } from '../members';
import { keyArn } from '../model';
import { refuseRecipient } from '../recipient';
import { checkGrantTokens, noteUse, requireUsable } from '../use';

const members = {
  EncryptionContext: encryptionContext,
  KeyId: keyId,
  KeyPairSpec: required(
    oneOf([
      'RSA_2048',
      'RSA_3072',
      'RSA_4096',
      'ECC_NIST_P256',
      'ECC_NIST_P384',
      'ECC_NIST_P521',
      'ECC_SECG_P256K1',
      'SM2',
      'ECC_NIST_EDWARDS25519',
      'ML_KEM_512',
      'ML_KEM_768',
      'ML_KEM_1024',
    ]),
  ),
  GrantTokens: grantTokens,
  DryRun: dryRun,
};

export const generateDataKeyPair = operation<
  GenerateDataKeyPairRequest,
  GenerateDataKeyPairResponse
>({
  name: 'GenerateDataKeyPair',
  members: { ...members, Recipient: recipient },
  async run(input, context) {
    refuseRecipient(input.Recipient);
    const { privateKey, ...answer } = await makePair(input, context);
    return { ...answer, PrivateKeyPlaintext: privateKey, KeyPairSpec: input.KeyPairSpec };
  },
});

export const generateDataKeyPairWithoutPlaintext = operation<
  GenerateDataKeyPairWithoutPlaintextRequest,
  GenerateDataKeyPairWithoutPlaintextResponse
>({
  name: 'GenerateDataKeyPairWithoutPlaintext',
  members,
  async run(input, context) {
    const { privateKey: _, ...answer } = await makePair(input, context);
    return { ...answer, KeyPairSpec: input.KeyPairSpec };
  },
});

interface PairInput {
  readonly KeyId: string;
  readonly KeyPairSpec: string;
  readonly EncryptionContext?: Record<string, string> | undefined;
  readonly GrantTokens?: string[] | undefined;
  readonly DryRun?: boolean | undefined;
}

async function makePair(input: PairInput, context: KmsContext) {
  checkGrantTokens(context, input);
  const key = anyKey(context, input.KeyId);
  requireUsable(context, key, 'ENCRYPT_DECRYPT');
  if (key.keySpec !== 'SYMMETRIC_DEFAULT') {
    throw new AwsError(
      'InvalidKeyUsageException',
      `${keyArn(key)} key KeySpec is ${key.keySpec} which is not valid for ${context.operation}.`,
    );
  }
  if (input.KeyPairSpec === 'SM2') {
    throw new AwsError(
      'UnsupportedOperationException',
      'KeyPairSpec SM2 is not supported in this Region',
    );
  }
  stopIfDryRun(input);
  const privateKey = await makeSecret(input.KeyPairSpec);
  // The pair took its time: the key may have changed meanwhile.
  const now = anyKey(context, key.keyId);
  requireState(context.operation, now);
  const { blob, materialId } = encryptWith(context, now, input.EncryptionContext, privateKey);
  noteUse(context, now);
  return {
    PrivateKeyCiphertextBlob: blob,
    PublicKey: publicKeyOf(input.KeyPairSpec, privateKey),
    KeyId: keyArn(now),
    KeyMaterialId: materialId,
    privateKey,
  };
}
