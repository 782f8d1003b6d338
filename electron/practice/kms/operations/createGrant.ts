import { randomBytes } from 'node:crypto';
import type { CreateGrantRequest, CreateGrantResponse } from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import {
  listOf,
  matching,
  oneOf,
  optional,
  required,
  stringMap,
  structure,
  text,
} from '../../protocol/rules';
import { keyOnly, operation, stopIfDryRun, type KmsContext, type Validated } from '../context';
import { requireState } from '../keyState';
import { dryRun, grantTokens, keyId, principal, servicePrincipal } from '../members';
import type { GrantRecord, KeyRecord } from '../model';
import { writeGrantToken } from '../grantTokens';
import { principalArn } from '../policy';
import { checkGrantTokens } from '../use';

const grantsPerKey = 50_000;
const grantOperations = oneOf([
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
  'Verify',
  'GetPublicKey',
  'CreateGrant',
  'RetireGrant',
  'DescribeKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'DeriveSharedSecret',
  'Encapsulate',
  'Decapsulate',
]);

export const createGrant = operation<CreateGrantRequest, CreateGrantResponse>({
  name: 'CreateGrant',
  members: {
    KeyId: keyId,
    GranteePrincipal: principal,
    RetiringPrincipal: principal,
    Operations: required(listOf(grantOperations)),
    Constraints: optional(
      structure({
        EncryptionContextSubset: optional(stringMap),
        EncryptionContextEquals: optional(stringMap),
        SourceArn: optional(text(20, 512)),
      }),
    ),
    GrantTokens: grantTokens,
    Name: optional(matching(1, 256, '^[a-zA-Z0-9:/_-]+$', /^[a-zA-Z0-9:/_-]+$/)),
    DryRun: dryRun,
    GranteeServicePrincipal: servicePrincipal,
    RetiringServicePrincipal: servicePrincipal,
  },
  run(input, context) {
    checkGrantTokens(context, input);
    const key = keyOnly(context, input.KeyId);
    requireState(context.operation, key);
    const grant = newGrant(input, key, context);
    stopIfDryRun(input);
    const present = context.ring.grantsOf(key);
    // A named grant asked for again with the same terms is the same grant.
    const same =
      input.Name === undefined
        ? undefined
        : context.ring
            .grantsTo(key, grant.granteePrincipal ?? '')
            .find((other) => other.name === grant.name && sameTerms(other, grant));
    if (!same && present.length >= grantsPerKey) throw new AwsError('LimitExceededException');
    const kept = same ?? grant;
    context.ring.putGrant(kept);
    return { GrantToken: writeGrantToken(context.seal, kept), GrantId: kept.grantId };
  },
});

function newGrant(
  input: Validated<CreateGrantRequest>,
  key: KeyRecord,
  context: KmsContext,
): GrantRecord {
  checkPrincipals(input);
  checkOperations(input, key);
  for (const one of [input.GranteePrincipal, input.RetiringPrincipal]) checkPrincipal(context, one);
  return {
    region: context.region,
    keyId: key.keyId,
    grantId: randomBytes(32).toString('hex'),
    name: input.Name ?? '',
    granteePrincipal: input.GranteePrincipal,
    retiringPrincipal: input.RetiringPrincipal,
    granteeServicePrincipal: input.GranteeServicePrincipal,
    retiringServicePrincipal: input.RetiringServicePrincipal,
    issuingAccount: `arn:aws:iam::${context.caller.accountId}:root`,
    operations: input.Operations,
    constraints: input.Constraints,
    createdAt: context.now,
  };
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

function sameTerms(one: GrantRecord, other: GrantRecord): boolean {
  const terms = ({
    name,
    granteePrincipal,
    retiringPrincipal,
    granteeServicePrincipal,
    retiringServicePrincipal,
    operations,
    constraints,
  }: GrantRecord) =>
    JSON.stringify([
      [name, granteePrincipal, retiringPrincipal],
      [granteeServicePrincipal, retiringServicePrincipal, operations, constraints],
    ]);
  return terms(one) === terms(other);
}
