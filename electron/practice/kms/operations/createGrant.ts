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
    // A named grant asked for again with the same terms is the same grant, under a new token.
    const same =
      input.Name === undefined
        ? undefined
        : context.ring
            .grantsTo(key, grant.granteePrincipal ?? '')
            .find((other) => other.name === grant.name && sameTerms(other, grant));
    if (!same && present.length >= grantsPerKey) throw new AwsError('LimitExceededException');
    const kept = same ?? grant;
    context.ring.putGrant(kept);
    return { GrantToken: kept.token, GrantId: kept.grantId };
  },
});

function newGrant(
  input: Validated<CreateGrantRequest>,
  key: KeyRecord,
  context: KmsContext,
): GrantRecord {
  const grantee = input.GranteePrincipal ?? input.GranteeServicePrincipal;
  if (grantee === undefined) {
    throw validationError(
      "1 validation error detected: Value null at 'granteePrincipal' failed to satisfy constraint: Member must not be null",
    );
  }
  for (const one of [input.GranteePrincipal, input.RetiringPrincipal]) checkPrincipal(one);
  const retiring = input.RetiringPrincipal ?? input.RetiringServicePrincipal;
  return {
    region: context.region,
    keyId: key.keyId,
    grantId: randomBytes(32).toString('hex'),
    token: randomBytes(150).toString('base64'),
    name: input.Name ?? '',
    granteePrincipal: grantee,
    retiringPrincipal: retiring,
    issuingAccount: `arn:aws:iam::${context.caller.accountId}:root`,
    operations: input.Operations,
    constraints: input.Constraints,
    createdAt: context.now,
  };
}

/** A principal is an ARN, or a service's name (`dynamodb.eu-central-1.amazonaws.com`). */
function checkPrincipal(principalName: string | undefined): void {
  if (principalName === undefined || principalName.endsWith('.amazonaws.com')) return;
  if (!/^arn:aws:(iam|sts)::\d{12}:.+/.test(principalName)) {
    throw new AwsError('InvalidArnException', `Invalid ARN: ${principalName}`);
  }
}

function sameTerms(one: GrantRecord, other: GrantRecord): boolean {
  const terms = ({
    name,
    granteePrincipal,
    retiringPrincipal,
    operations,
    constraints,
  }: GrantRecord) =>
    JSON.stringify([name, granteePrincipal, retiringPrincipal, operations, constraints ?? null]);
  return terms(one) === terms(other);
}
