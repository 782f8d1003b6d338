import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../protocol/awsError';
import type { KmsContext, Validated } from './context';
import type { KeyRecord } from './model';
import { principalArn } from './policy';

/**
 * Checks what a new grant is to allow, and to whom.
 * @throws AwsError ValidationException, and InvalidArnException for a principal that is none
 */
export function checkGrantTerms(
  input: Validated<CreateGrantRequest>,
  key: KeyRecord,
  context: KmsContext,
): void {
  checkPrincipals(input);
  checkOperations(input, key);
  for (const one of [input.GranteePrincipal, input.RetiringPrincipal]) checkPrincipal(context, one);
}

/** One grantee and at most one who retires; a service needs the resource that it works for. */
function checkPrincipals(input: Validated<CreateGrantRequest>): void {
  const { GranteePrincipal: principalName, GranteeServicePrincipal: service } = input;
  if (principalName !== undefined && service !== undefined) {
    throw validationError('Specify either GranteePrincipal or GranteeServicePrincipal, not both.');
  }
  if (input.RetiringPrincipal !== undefined && input.RetiringServicePrincipal !== undefined) {
    throw validationError('Specify RetiringPrincipal or RetiringServicePrincipal, not both.');
  }
  if (principalName !== undefined) return;
  if (service === undefined) {
    throw validationError(
      "1 validation error detected: Value null at 'granteePrincipal' failed to satisfy constraint: Member must not be null",
    );
  }
  const retires = input.RetiringPrincipal ?? input.RetiringServicePrincipal;
  if (input.Constraints?.SourceArn === undefined || retires === undefined) {
    throw validationError(
      'GranteeServicePrincipal requires a SourceArn constraint and a retiring principal.',
    );
  }
}

/** What every key's grants can allow. */
const anyKeys = ['CreateGrant', 'DescribeKey', 'RetireGrant'];
const publicKeys = ['GetPublicKey'];
const byUsage: Readonly<Record<string, readonly string[]>> = {
  ENCRYPT_DECRYPT: ['Decrypt', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo'],
  SIGN_VERIFY: ['Sign', 'Verify', ...publicKeys],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret', ...publicKeys],
  ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'Decapsulate', ...publicKeys],
};
const mostPairs = 8;
const longestValue = 384;

/**
 * The operations must be such as the key has, and only a symmetric key's have an encryption context
 * (API reference, CreateGrant; developer guide, "Grant operations").
 */
function checkOperations(input: Validated<CreateGrantRequest>, key: KeyRecord): void {
  const symmetric = key.keySpec === 'SYMMETRIC_DEFAULT';
  const more = key.keyUsage !== 'ENCRYPT_DECRYPT' ? [] : symmetric ? dataKeys : publicKeys;
  const known = [...anyKeys, ...(byUsage[key.keyUsage] ?? []), ...more];
  const strange = input.Operations.find((name) => !known.includes(name));
  if (strange !== undefined) {
    throw validationError(
      `Operation ${strange} is not supported for a key with key spec ${key.keySpec} and key usage ${key.keyUsage}.`,
    );
  }
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } =
    input.Constraints ?? {};
  for (const pairs of [equals, subset]) {
    if (!pairs) continue;
    if (!symmetric) {
      throw validationError(
        'EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key.',
      );
    }
    const values = Object.values(pairs);
    if (values.length > mostPairs || values.some(({ length }) => length > longestValue)) {
      throw validationError(
        `An encryption context constraint has at most ${mostPairs} pairs, with values of up to ${longestValue} characters.`,
      );
    }
  }
}

const dataKeys = [
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
];

/** A principal is the ARN of one that exists, or a service's name (`dynamodb.eu-central-1.amazonaws.com`). */
function checkPrincipal(context: KmsContext, principalName: string | undefined): void {
  if (principalName === undefined || principalName.endsWith('.amazonaws.com')) return;
  if (
    !principalArn.test(principalName) ||
    !context.access.principalsExist([{ Principal: { AWS: principalName } }])
  ) {
    throw new AwsError(
      'InvalidArnException',
      `ARN does not refer to a valid principal: ${principalName}`,
    );
  }
}
