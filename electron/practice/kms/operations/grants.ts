import type {
  CreateGrantRequest,
  ListGrantsRequest,
  ListGrantsResponse,
  ListRetirableGrantsRequest,
  RetireGrantRequest,
  RevokeGrantRequest,
} from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import { optional, required, text } from '../../protocol/rules';
import { keyOnly, operation, stopIfDryRun, type KmsContext, type Validated } from '../context';
import {
  dryRun,
  keyId,
  limit,
  marker,
  optionalKeyId,
  principal,
  servicePrincipal,
} from '../members';
import { grantOfToken } from '../grantTokens';
import { grantOrder, type Keyring } from '../keyring';
import { keyArn, type GrantRecord, type KeyRecord } from '../model';
import { page } from '../paging';

const grantId = text(1, 128);

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
      .grantsOf(key)
      .filter(
        (grant) =>
          matches(input.GrantId, grant.grantId) &&
          matches(input.GranteePrincipal, grant.granteePrincipal) &&
          matches(input.GranteeServicePrincipal, grant.granteeServicePrincipal),
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
    const grants = context.ring.grantsRetirableBy(context.region, retiring);
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
    const { grant, ring } = grantToRetire(input, context);
    const key = ring.find(grant.region, grant.keyId);
    if (!key) throw new AwsError('NotFoundException', `Key '${grant.keyId}' does not exist`);
    context.access.requireRetirement(context, grant, key);
    stopIfDryRun(input);
    ring.removeGrant(grant);
    return undefined;
  },
});

function grantOf(context: KmsContext, key: KeyRecord, id: string): GrantRecord {
  const grant = context.ring.findGrant(context.region, id);
  if (!grant || grant.keyId !== key.keyId) {
    throw new AwsError('NotFoundException', `Grant '${id}' does not exist`);
  }
  return grant;
}

/** A token names its grant in whatever account it is. */
function grantToRetire(
  input: Validated<RetireGrantRequest>,
  context: KmsContext,
): { grant: GrantRecord; ring: Keyring } {
  if (input.GrantToken !== undefined) {
    const found = grantOfToken(context, input.GrantToken);
    if (!found) throw new AwsError('InvalidGrantTokenException');
    return found;
  }
  if (input.KeyId === undefined || input.GrantId === undefined) {
    throw validationError('Grant token OR (grant ID, key ID) must be specified');
  }
  const key = keyOnly(context, input.KeyId);
  return { grant: grantOf(context, key, input.GrantId), ring: context.ring };
}

function grantPage(
  grants: readonly GrantRecord[],
  request: { Limit?: number | undefined; Marker?: string | undefined },
  context: KmsContext,
): ListGrantsResponse {
  const { items, ...rest } = page(grants, grantOrder, request, { default: 50, max: 100 });
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
    GranteeServicePrincipal: grant.granteeServicePrincipal,
    RetiringServicePrincipal: grant.retiringServicePrincipal,
  };
}

function matches(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}
