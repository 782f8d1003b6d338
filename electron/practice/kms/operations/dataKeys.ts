import { randomBytes } from 'node:crypto';
import type {
  GenerateDataKeyRequest,
  GenerateDataKeyResponse,
  GenerateDataKeyWithoutPlaintextRequest,
  GenerateDataKeyWithoutPlaintextResponse,
  GenerateRandomRequest,
  GenerateRandomResponse,
} from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import { integer, oneOf, optional, text } from '../../protocol/rules';
import { anyKey, operation, stopIfDryRun, type KmsContext } from '../context';
import { encryptWith } from '../crypto/symmetric';
import { dryRun, encryptionContext, grantTokens, keyId, recipient } from '../members';
import { keyArn } from '../model';
import { refuseRecipient } from '../recipient';
import { keySpecs } from '../specs';
import { checkGrantTokens, noteUse, requireUsable } from '../use';

const numberOfBytes = optional(integer(1, 1024));
/** AWS's error text lists the specs of keys here, not those of data keys. */
const dataKeySpec = optional(
  oneOf(
    Object.keys(keySpecs).filter((name) => !name.startsWith('ML_KEM')),
    ['AES_256', 'AES_128'],
  ),
);
const members = {
  KeyId: keyId,
  EncryptionContext: encryptionContext,
  KeySpec: dataKeySpec,
  NumberOfBytes: numberOfBytes,
  GrantTokens: grantTokens,
  DryRun: dryRun,
};

export const generateDataKey = operation<GenerateDataKeyRequest, GenerateDataKeyResponse>({
  name: 'GenerateDataKey',
  members: { ...members, Recipient: recipient },
  run(input, context) {
    refuseRecipient(input.Recipient);
    const { plaintext, ...answer } = makeDataKey(input, context);
    return { ...answer, Plaintext: plaintext };
  },
});

export const generateDataKeyWithoutPlaintext = operation<
  GenerateDataKeyWithoutPlaintextRequest,
  GenerateDataKeyWithoutPlaintextResponse
>({
  name: 'GenerateDataKeyWithoutPlaintext',
  members,
  run(input, context) {
    const { plaintext: _, ...answer } = makeDataKey(input, context);
    return answer;
  },
});

export const generateRandom = operation<GenerateRandomRequest, GenerateRandomResponse>({
  name: 'GenerateRandom',
  members: {
    NumberOfBytes: numberOfBytes,
    CustomKeyStoreId: optional(text(1, 64)),
    Recipient: recipient,
  },
  run(input) {
    refuseRecipient(input.Recipient);
    if (input.NumberOfBytes === undefined) throw validationError('NumberOfBytes is required.');
    if (input.CustomKeyStoreId !== undefined) throw new AwsError('CustomKeyStoreNotFoundException');
    return { Plaintext: randomBytes(input.NumberOfBytes) };
  },
});

interface DataKeyRequest {
  KeyId: string;
  KeySpec?: string | undefined;
  NumberOfBytes?: number | undefined;
  EncryptionContext?: Record<string, string> | undefined;
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
}

function makeDataKey(input: DataKeyRequest, context: KmsContext) {
  const length = lengthOf(input);
  checkGrantTokens(context, input);
  const key = anyKey(context, input.KeyId);
  requireUsable(context, key, 'ENCRYPT_DECRYPT');
  if (key.keySpec !== 'SYMMETRIC_DEFAULT') {
    throw new AwsError(
      'InvalidKeyUsageException',
      'You cannot generate a data key with an asymmetric CMK',
    );
  }
  stopIfDryRun(input);
  const plaintext = randomBytes(length);
  const { blob, materialId } = encryptWith(context, key, input.EncryptionContext, plaintext);
  noteUse(context, key);
  return { CiphertextBlob: blob, KeyId: keyArn(key), KeyMaterialId: materialId, plaintext };
}

function lengthOf(input: DataKeyRequest): number {
  const { KeySpec: spec, NumberOfBytes: bytes } = input;
  if ((spec === undefined) === (bytes === undefined)) {
    throw validationError('Please specify either number of bytes or key spec.');
  }
  if (bytes !== undefined) return bytes;
  if (spec === 'AES_128') return 16;
  if (spec === 'AES_256') return 32;
  const listed = dataKeySpec.rule.kind === 'string' ? (dataKeySpec.rule.values ?? []) : [];
  throw validationError(
    `1 validation error detected: Value '${spec}' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [${listed.join(', ')}]`,
  );
}
