import type {
  ReplicateKeyRequest,
  ReplicateKeyResponse,
  UpdatePrimaryRegionRequest,
} from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import { awsRegions } from '../../protocol/regions';
import { flag, optional } from '../../protocol/rules';
import { keyOnly, operation, requireTagging, type KmsContext } from '../context';
import { requireState } from '../keyState';
import { passingMs, withoutSecret } from '../lifecycle';
import { description, keyId, policyRule, regionName, tagList } from '../members';
import { describe } from '../metadata';
import { keyArn, type KeyRecord } from '../model';
import { acceptPolicy, defaultPolicy } from '../policy';
import { withTags } from '../tags';

export const replicateKey = operation<ReplicateKeyRequest, ReplicateKeyResponse>({
  name: 'ReplicateKey',
  members: {
    KeyId: keyId,
    ReplicaRegion: regionName,
    Policy: optional(policyRule),
    BypassPolicyLockoutSafetyCheck: optional(flag),
    Description: optional(description),
    Tags: optional(tagList),
  },
  run(input, context) {
    const key = primaryKey(context, input.KeyId);
    requireState(context.operation, key);
    requireRegion(input.ReplicaRegion);
    context.access.requireResource({ ...context, region: input.ReplicaRegion }, 'CreateKey', '*');
    if (input.Tags) requireTagging(context, input.ReplicaRegion);
    if (context.ring.find(input.ReplicaRegion, key.keyId)) {
      const arn = keyArn({ ...key, region: input.ReplicaRegion });
      throw new AwsError('AlreadyExistsException', `Key ${arn} already exists.`);
    }
    const replica: KeyRecord = {
      ...key,
      ...materialsOf(key),
      region: input.ReplicaRegion,
      description: input.Description ?? '',
      createdAt: context.now,
      rotation: undefined,
      onDemandSince: undefined,
      tags: withTags([], input.Tags ?? []),
      policy:
        input.Policy === undefined
          ? defaultPolicy(context.accountId)
          : acceptPolicy(context, input.Policy, input.BypassPolicyLockoutSafetyCheck),
      state: 'Creating',
      stateEnds: context.now + passingMs,
    };
    context.ring.put(replica);
    return {
      ReplicaKeyMetadata: describe(context.ring, replica),
      ReplicaPolicy: replica.policy,
      // AWS leaves the member out where there are none.
      ...(replica.tags.length > 0 && { ReplicaTags: [...replica.tags] }),
    };
  },
});

export const updatePrimaryRegion = operation<UpdatePrimaryRegionRequest>({
  name: 'UpdatePrimaryRegion',
  members: { KeyId: keyId, PrimaryRegion: regionName },
  run(input, context) {
    const key = primaryKey(context, input.KeyId);
    requireState(context.operation, key);
    requireRegion(input.PrimaryRegion);
    if (input.PrimaryRegion === key.region) {
      throw new AwsError(
        'UnsupportedOperationException',
        `${keyArn(key)} is already the primary key.`,
      );
    }
    const next = context.ring.find(input.PrimaryRegion, key.keyId);
    if (!next) {
      const arn = keyArn({ ...key, region: input.PrimaryRegion });
      throw new AwsError('NotFoundException', `Key '${arn}' does not exist`);
    }
    context.access.requireKey(context, next, undefined);
    requireState(context.operation, next);
    for (const copy of context.ring.related(key)) {
      const changes = copy.region === key.region || copy.region === next.region;
      context.ring.put({
        ...copy,
        multiRegion: { primaryRegion: next.region },
        // What the copies share is kept by the primary.
        rotation: copy.region === next.region ? key.rotation : undefined,
        onDemandSince: copy.region === next.region ? key.onDemandSince : undefined,
        ...(changes && { state: 'Updating', stateEnds: context.now + passingMs }),
      });
    }
    return undefined;
  },
});

function primaryKey(context: KmsContext, id: string): KeyRecord {
  const key = keyOnly(context, id);
  if (key.multiRegion?.primaryRegion === key.region) return key;
  throw new AwsError(
    'UnsupportedOperationException',
    `${keyArn(key)} is not a multi-region primary key.`,
  );
}

/** A copy has the same material, except that imported material must be imported into each copy. */
function materialsOf(key: KeyRecord): Pick<KeyRecord, 'materials'> {
  return {
    materials: key.materials
      .filter(({ state }) => !state.startsWith('PENDING'))
      .map((material) =>
        material.imported ? withoutSecret(material, material.imported) : material,
      ),
  };
}

function requireRegion(region: string): void {
  if (!awsRegions.includes(region)) throw validationError(`Region ${region} is not supported.`);
}
