import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type {
  DeleteImportedKeyMaterialRequest,
  DeleteImportedKeyMaterialResponse,
  GetParametersForImportRequest,
  GetParametersForImportResponse,
  ImportKeyMaterialRequest,
  ImportKeyMaterialResponse,
} from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import { blob, matching, oneOf, optional, required, timestamp } from '../../protocol/rules';
import { keyOnly, operation, type KmsContext, type Validated } from '../context';
import { checkImportedSecret, openToken, unwrap, writeToken } from '../imports';
import { requireState } from '../keyState';
import { dayMs, withoutSecret } from '../lifecycle';
import { keyId } from '../members';
import { currentMaterial, keyArn, type ImportedMaterial, type KeyRecord } from '../model';
import { withImported } from '../importedMaterials';
import { specOf } from '../specs';

const wrappingAlgorithms = [
  'RSAES_PKCS1_V1_5',
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
  'RSA_AES_KEY_WRAP_SHA_1',
  'RSA_AES_KEY_WRAP_SHA_256',
  'SM2PKE',
];
const materialId = optional(matching(64, 64, '^[a-f0-9]+$', /^[a-f0-9]+$/));

export const getParametersForImport = operation<
  GetParametersForImportRequest,
  GetParametersForImportResponse
>({
  name: 'GetParametersForImport',
  members: {
    KeyId: keyId,
    WrappingAlgorithm: required(oneOf(wrappingAlgorithms)),
    WrappingKeySpec: required(oneOf(['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2'])),
  },
  async run(input, context) {
    const key = importableKey(context, input.KeyId);
    if (input.WrappingAlgorithm === 'RSAES_PKCS1_V1_5' || input.WrappingKeySpec === 'SM2') {
      throw new AwsError('UnsupportedOperationException');
    }
    if (input.WrappingAlgorithm === 'SM2PKE') {
      throw validationError('WrappingAlgorithm SM2PKE is not compatible with the WrappingKeySpec');
    }
    requireWrappable(key, input.WrappingAlgorithm, input.WrappingKeySpec);
    const modulusLength = Number(input.WrappingKeySpec.slice('RSA_'.length));
    const pair = await promisify(generateKeyPair)('rsa', { modulusLength });
    const validTo = context.now + dayMs;
    return {
      KeyId: keyArn(key),
      ImportToken: writeToken(context.seal, {
        arn: keyArn(key),
        algorithm: input.WrappingAlgorithm,
        privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
        validTo,
      }),
      PublicKey: createPublicKey(pair.privateKey).export({ type: 'spki', format: 'der' }),
      ParametersValidTo: new Date(validTo),
    };
  },
});

export const importKeyMaterial = operation<ImportKeyMaterialRequest, ImportKeyMaterialResponse>({
  name: 'ImportKeyMaterial',
  members: {
    KeyId: keyId,
    ImportToken: required(blob(1, 6144)),
    EncryptedKeyMaterial: required(blob(1, 6144)),
    ValidTo: optional(timestamp),
    ExpirationModel: optional(oneOf(['KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE'])),
    ImportType: optional(oneOf(['NEW_KEY_MATERIAL', 'EXISTING_KEY_MATERIAL'])),
    KeyMaterialDescription: optional(
      matching(0, 256, '^[a-zA-Z0-9:/_\\s.-]+$', /^[a-zA-Z0-9:/_\s.-]+$/),
    ),
    KeyMaterialId: materialId,
  },
  run(input, context) {
    const key = importableKey(context, input.KeyId);
    if (input.ImportType === 'NEW_KEY_MATERIAL' && input.KeyMaterialId !== undefined) {
      throw validationError('KeyMaterialId cannot be specified with ImportType NEW_KEY_MATERIAL');
    }
    const imported = importedOf(input, context.now);
    const token = openToken(context, Buffer.from(input.ImportToken));
    if (token.arn !== keyArn(key)) throw new AwsError('InvalidImportTokenException');
    const secret = unwrap(token, Buffer.from(input.EncryptedKeyMaterial));
    checkImportedSecret(key, secret);
    const id = withImported(context, key, secret, imported, {
      type: input.ImportType,
      expectedId: input.KeyMaterialId,
    });
    return { KeyId: keyArn(key), KeyMaterialId: id };
  },
});

export const deleteImportedKeyMaterial = operation<
  DeleteImportedKeyMaterialRequest,
  DeleteImportedKeyMaterialResponse
>({
  name: 'DeleteImportedKeyMaterial',
  members: { KeyId: keyId, KeyMaterialId: materialId },
  run(input, context) {
    const key = importableKey(context, input.KeyId);
    const id = input.KeyMaterialId ?? currentMaterial(key)?.id;
    const gone = key.materials.find((material) => material.id === id);
    if (input.KeyMaterialId !== undefined && !gone) {
      throw new AwsError(
        'NotFoundException',
        `Key material '${input.KeyMaterialId}' does not exist`,
      );
    }
    if (!gone?.imported) return { KeyId: keyArn(key) };
    const { imported } = gone;
    const waiting = gone.state.startsWith('PENDING');
    const materials = waiting
      ? key.materials.filter((material) => material !== gone)
      : key.materials.map((one) => (one === gone ? withoutSecret(one, imported) : one));
    const keeps =
      waiting || key.state === 'PendingDeletion' || key.state === 'PendingReplicaDeletion';
    context.ring.put({ ...key, materials, state: keeps ? key.state : 'PendingImport' });
    return { KeyId: keyArn(key), KeyMaterialId: gone.id };
  },
});

/** Which wrapping suits which material (API reference, GetParametersForImport). */
function requireWrappable(key: KeyRecord, algorithm: string, wrappingSpec: string): void {
  const { family } = specOf(key);
  const fits = algorithm.startsWith('RSA_AES')
    ? family === 'rsa' || family === 'ecc' || family === 'ed25519'
    : family !== 'rsa' && !(key.keySpec === 'ECC_NIST_P521' && wrappingSpec === 'RSA_2048');
  if (fits) return;
  throw validationError(
    `Wrapping algorithm ${algorithm} and wrapping key spec ${wrappingSpec} cannot be used to import a ${key.keySpec} key.`,
  );
}

function importableKey(context: KmsContext, id: string): KeyRecord {
  const key = keyOnly(context, id);
  if (key.origin !== 'EXTERNAL') {
    throw new AwsError(
      'UnsupportedOperationException',
      `${keyArn(key)} origin is ${key.origin} which is not valid for this operation.`,
    );
  }
  requireState(context.operation, key);
  return key;
}

function importedOf(input: Validated<ImportKeyMaterialRequest>, now: number): ImportedMaterial {
  const expirationModel = input.ExpirationModel ?? 'KEY_MATERIAL_EXPIRES';
  const validTo = input.ValidTo?.getTime();
  if (expirationModel === 'KEY_MATERIAL_EXPIRES') {
    if (validTo === undefined) {
      throw validationError(
        'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
      );
    }
    if (validTo <= now) throw validationError('ValidTo must be in the future');
    if (validTo > now + 365 * dayMs) {
      throw validationError('ValidTo must be no more than 365 days from the request date');
    }
  } else if (validTo !== undefined) {
    throw validationError(
      'A validTo date cannot be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE',
    );
  }
  return {
    state: 'IMPORTED',
    expirationModel,
    validTo,
    description: input.KeyMaterialDescription,
  };
}
