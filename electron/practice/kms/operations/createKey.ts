import { randomBytes, randomUUID } from 'node:crypto';
import type { CreateKeyRequest, CreateKeyResponse } from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import { flag, matching, oneOf, optional, text } from '../../protocol/rules';
import { operation, requireTagging, type KmsContext, type Validated } from '../context';
import { makeSecret } from '../crypto/keyMaterial';
import { description, keySpecRule, keyUsageRule, policyRule, tagList } from '../members';
import { describe } from '../metadata';
import type { KeyRecord, Material } from '../model';
import { acceptPolicy, defaultPolicy } from '../policy';
import { newMaterial } from '../rotation';
import { keySpecs } from '../specs';
import { withTags } from '../tags';

export const createKey = operation<CreateKeyRequest, CreateKeyResponse>({
  name: 'CreateKey',
  members: {
    Policy: optional(policyRule),
    Description: optional(description),
    KeyUsage: optional(keyUsageRule),
    CustomerMasterKeySpec: optional(keySpecRule),
    KeySpec: optional(keySpecRule),
    Origin: optional(oneOf(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'])),
    CustomKeyStoreId: optional(text(1, 64)),
    BypassPolicyLockoutSafetyCheck: optional(flag),
    Tags: optional(tagList),
    MultiRegion: optional(flag),
    XksKeyId: optional(matching(1, 128, '^[a-zA-Z0-9-_.]+$', /^[a-zA-Z0-9-_.]+$/)),
  },
  async run(input, context) {
    const { keySpec, keyUsage, origin } = kindOf(input);
    if (input.Tags) requireTagging(context, context.region);
    const tags = withTags([], input.Tags ?? []);
    const policy =
      input.Policy === undefined
        ? defaultPolicy(context.accountId)
        : acceptPolicy(context, input.Policy, input.BypassPolicyLockoutSafetyCheck);
    const materials = origin === 'EXTERNAL' ? [] : [await firstMaterial(keySpec, context)];
    const key: KeyRecord = {
      region: context.region,
      keyId: input.MultiRegion ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID(),
      accountId: context.accountId,
      description: input.Description ?? '',
      keySpec,
      keyUsage,
      origin,
      createdAt: context.now,
      state: origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
      multiRegion: input.MultiRegion ? { primaryRegion: context.region } : undefined,
      policy,
      tags,
      materials,
    };
    context.ring.put(key);
    return { KeyMetadata: describe(context.ring, key) };
  },
});

/** What kind of key is asked for, after AWS's rules on which members fit together. */
function kindOf(input: Validated<CreateKeyRequest>) {
  if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined) {
    throw validationError(
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  }
  const keySpec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  if (input.KeyUsage === undefined && keySpec !== 'SYMMETRIC_DEFAULT') {
    throw validationError(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  }
  const keyUsage = input.KeyUsage ?? 'ENCRYPT_DECRYPT';
  const spec = keySpecs[keySpec];
  if (!spec?.usages.includes(keyUsage)) {
    throw validationError(`KeyUsage ${keyUsage} is not compatible with KeySpec ${keySpec}`);
  }
  if (spec.family === 'sm2') {
    throw new AwsError(
      'UnsupportedOperationException',
      'KeySpec SM2 is not supported in this Region',
    );
  }
  return { keySpec, keyUsage, origin: originOf(input, keySpec) };
}

function originOf(input: Validated<CreateKeyRequest>, keySpec: string): 'AWS_KMS' | 'EXTERNAL' {
  const origin = input.Origin ?? 'AWS_KMS';
  if (origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE') {
    if (input.CustomKeyStoreId === undefined) {
      throw validationError(`CustomKeyStoreId is required for Origin ${origin}`);
    }
    if (keySpec !== 'SYMMETRIC_DEFAULT') {
      throw validationError(`KeySpec ${keySpec} is not supported for Origin ${origin}`);
    }
    throw new AwsError('CustomKeyStoreNotFoundException');
  }
  if (input.CustomKeyStoreId !== undefined) {
    throw validationError(`CustomKeyStoreId is not supported for Origin ${origin}`);
  }
  if (input.XksKeyId !== undefined) {
    throw validationError(`XksKeyId is not supported for Origin ${origin}`);
  }
  const { family } = keySpecs[keySpec] ?? {};
  if (origin === 'EXTERNAL' && (family === 'ml-dsa' || family === 'ml-kem')) {
    throw validationError(`KeySpec ${keySpec} is not supported for Origin ${origin}`);
  }
  return origin;
}

async function firstMaterial(keySpec: string, context: KmsContext): Promise<Material> {
  if (keySpec === 'SYMMETRIC_DEFAULT') return newMaterial(context.now);
  const secret = (await makeSecret(keySpec)).toString('base64');
  return { ...newMaterial(context.now), secret };
}
