import { randomBytes } from 'node:crypto';
import type { CreateGrantRequest, CreateGrantResponse } from '@aws-sdk/client-kms';
import { AwsError } from '../../protocol/awsError';
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
import { checkGrantTerms } from '../grantTerms';
import { writeGrantToken } from '../grantTokens';
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
  checkGrantTerms(input, key, context);
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
