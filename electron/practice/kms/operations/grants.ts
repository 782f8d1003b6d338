import { randomBytes } from 'node:crypto';
import type {
  CreateGrantRequest,
  CreateGrantResponse,
  ListGrantsRequest,
  ListGrantsResponse,
  ListRetirableGrantsRequest,
  RetireGrantRequest,
  RevokeGrantRequest,
} from '@aws-sdk/client-kms';
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
import {
  dryRun,
  grantTokens,
  keyId,
  limit,
  marker,
  optionalKeyId,
  principal,
  servicePrincipal,
} from '../members';
import { keyArn, type GrantRecord, type KeyRecord } from '../model';
import { page } from '../paging';
import { checkGrantTokens } from '../use';

const grantsPerKey = 50_000;
const grantId = text(1, 128);
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
    const present = context.ring
      .grantsOf(context.region)
      .filter((other) => other.keyId === key.keyId);
    // A named grant asked for again with the same terms is the same grant, under a new token.
    const same =
      input.Name === undefined ? undefined : present.find((other) => sameTerms(other, grant));
    if (!same && present.length >= grantsPerKey) throw new AwsError('LimitExceededException');
    const kept = same ?? grant;
    context.ring.putGrant(kept);
    return { GrantToken: kept.token, GrantId: kept.grantId };
  },
});

export const listGrants = operation<ListGrantsRequest, ListGrantsResponse>({
  name: 'ListGrants',
  members: {
    Limit: limit,
    Marker: marker,
    KeyId: keyId,
    GrantId: optional(grantId),
    GranteePrincipal: principal,
    GranteeServicePrincipal: servicePrincipal,
  },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    const grants = context.ring
      .grantsOf(context.region)
      .filter(
        (grant) =>
          grant.keyId === key.keyId &&
          matches(input.GrantId, grant.grantId) &&
          matches(input.GranteePrincipal, grant.granteePrincipal) &&
          matches(input.GranteeServicePrincipal, grant.granteePrincipal),
      );
    if (input.GrantId !== undefined && grants.length === 0) {
      throw new AwsError('InvalidGrantIdException');
    }
    return grantPage(grants, input, context);
  },
});

export const listRetirableGrants = operation<ListRetirableGrantsRequest, ListGrantsResponse>({
  name: 'ListRetirableGrants',
  members: {
    Limit: limit,
    Marker: marker,
    RetiringPrincipal: principal,
    RetiringServicePrincipal: servicePrincipal,
  },
  run(input, context) {
    const retiring = input.RetiringPrincipal ?? input.RetiringServicePrincipal;
    if (retiring === undefined) {
      throw validationError(
        "1 validation error detected: Value null at 'retiringPrincipal' failed to satisfy constraint: Member must not be null",
      );
    }
    const grants = context.ring
      .grantsOf(context.region)
      .filter(({ retiringPrincipal }) => retiringPrincipal === retiring);
    return grantPage(grants, input, context);
  },
});

export const revokeGrant = operation<RevokeGrantRequest>({
  name: 'RevokeGrant',
  members: { KeyId: keyId, GrantId: required(grantId), DryRun: dryRun },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    const grant = grantOf(context, key, input.GrantId);
    stopIfDryRun(input);
    context.ring.removeGrant(grant);
    return undefined;
  },
});

export const retireGrant = operation<RetireGrantRequest>({
  name: 'RetireGrant',
  members: {
    GrantToken: optional(text(1, 8192)),
    KeyId: optionalKeyId,
    GrantId: optional(grantId),
    DryRun: dryRun,
  },
  run(input, context) {
    const grant = grantToRetire(input, context);
    stopIfDryRun(input);
    context.ring.removeGrant(grant);
    return undefined;
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

function grantOf(context: KmsContext, key: KeyRecord, id: string): GrantRecord {
  const grant = context.ring.findGrant(context.region, id);
  if (!grant || grant.keyId !== key.keyId) {
    throw new AwsError('NotFoundException', `Grant '${id}' does not exist`);
  }
  return grant;
}

function grantToRetire(input: Validated<RetireGrantRequest>, context: KmsContext): GrantRecord {
  if (input.GrantToken !== undefined) {
    const grant = context.ring.grantByToken(input.GrantToken);
    if (!grant || grant.region !== context.region) throw new AwsError('InvalidGrantTokenException');
    return grant;
  }
  if (input.KeyId === undefined || input.GrantId === undefined) {
    throw validationError('Grant token OR (grant ID, key ID) must be specified');
  }
  return grantOf(context, keyOnly(context, input.KeyId), input.GrantId);
}

function grantPage(
  grants: readonly GrantRecord[],
  request: { Limit?: number | undefined; Marker?: string | undefined },
  context: KmsContext,
): ListGrantsResponse {
  const order = ({ createdAt, grantId: id }: GrantRecord) =>
    `${String(createdAt).padStart(16, '0')} ${id}`;
  const { items, ...rest } = page(grants, order, request, { default: 50, max: 100 });
  return { Grants: items.map((grant) => shownGrant(grant, context)), ...rest };
}

function shownGrant(grant: GrantRecord, context: KmsContext) {
  return {
    KeyId: keyArn({ ...context, keyId: grant.keyId }),
    GrantId: grant.grantId,
    Name: grant.name,
    CreationDate: new Date(grant.createdAt),
    GranteePrincipal: grant.granteePrincipal,
    RetiringPrincipal: grant.retiringPrincipal,
    IssuingAccount: grant.issuingAccount,
    Operations: [...grant.operations] as NonNullable<CreateGrantRequest['Operations']>,
    Constraints: grant.constraints,
  };
}

function matches(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}
