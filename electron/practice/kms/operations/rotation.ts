import type {
  DisableKeyRotationRequest,
  EnableKeyRotationRequest,
  GetKeyRotationStatusRequest,
  GetKeyRotationStatusResponse,
  ListKeyRotationsRequest,
  ListKeyRotationsResponse,
  RotateKeyOnDemandRequest,
  RotateKeyOnDemandResponse,
} from '@aws-sdk/client-kms';
import { AwsError } from '../../protocol/awsError';
import { integer, oneOf, optional } from '../../protocol/rules';
import { anyKey, keyOnly, operation, type KmsContext } from '../context';
import { requireState } from '../keyState';
import { dayMs } from '../lifecycle';
import { keyId, limit, marker } from '../members';
import { keyArn, type KeyRecord, type Material } from '../model';
import { page } from '../paging';
import { onDemandLimit } from '../rotation';
import { synchronized } from '../synchronize';

const defaultPeriodDays = 365;
/** So long before an automatic rotation none is begun on demand (API reference, ConflictException). */
const soonMs = 20 * 60_000;

export const enableKeyRotation = operation<EnableKeyRotationRequest>({
  name: 'EnableKeyRotation',
  members: { KeyId: keyId, RotationPeriodInDays: optional(integer(90, 2560)) },
  run(input, context) {
    const key = rotatableKey(context, input.KeyId, { onDemand: false });
    const before = key.rotation;
    const periodDays = input.RotationPeriodInDays ?? defaultPeriodDays;
    const unchanged = before?.enabled && before.periodDays === periodDays;
    const nextDate = unchanged ? before.nextDate : context.now + periodDays * dayMs;
    context.ring.put({ ...key, rotation: { enabled: true, periodDays, nextDate } });
    if (!unchanged) synchronized(context.ring, key, context.now);
    return undefined;
  },
});

export const disableKeyRotation = operation<DisableKeyRotationRequest>({
  name: 'DisableKeyRotation',
  members: { KeyId: keyId },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    refuseImported(key);
    requireState(context.operation, key);
    requirePrimary(key);
    if (key.rotation?.enabled) {
      context.ring.put({ ...key, rotation: { ...key.rotation, enabled: false } });
      synchronized(context.ring, key, context.now);
    }
    return undefined;
  },
});

export const getKeyRotationStatus = operation<
  GetKeyRotationStatusRequest,
  GetKeyRotationStatusResponse
>({
  name: 'GetKeyRotationStatus',
  members: { KeyId: keyId },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    if (key.state === 'PendingImport') refuseImported(key);
    const { rotation, onDemandSince } = primaryOf(context, key);
    const deleting = key.state === 'PendingDeletion' || key.state === 'PendingReplicaDeletion';
    const inProgress = onDemandSince !== undefined && {
      OnDemandRotationStartDate: new Date(onDemandSince),
    };
    if (!rotation?.enabled || deleting) {
      return { KeyId: keyArn(key), KeyRotationEnabled: false, ...inProgress };
    }
    return {
      ...inProgress,
      KeyId: keyArn(key),
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.periodDays,
      NextRotationDate: new Date(rotation.nextDate),
    };
  },
});

export const rotateKeyOnDemand = operation<RotateKeyOnDemandRequest, RotateKeyOnDemandResponse>({
  name: 'RotateKeyOnDemand',
  members: { KeyId: keyId },
  run(input, context) {
    const key = rotatableKey(context, input.KeyId, { onDemand: true });
    const used = key.materials.filter(({ rotationType }) => rotationType === 'ON_DEMAND').length;
    if (used >= onDemandLimit) {
      throw new AwsError(
        'LimitExceededException',
        `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${keyArn(key)}`,
      );
    }
    if (key.origin === 'EXTERNAL' && !isReadyToRotate(key)) {
      throw new AwsError(
        'KMSInvalidStateException',
        `No available key material pending rotation for the key: ${keyArn(key)}.`,
      );
    }
    requireNoRotation(key, context.now);
    context.ring.put({ ...key, onDemandSince: context.now });
    return { KeyId: keyArn(key) };
  },
});

export const listKeyRotations = operation<ListKeyRotationsRequest, ListKeyRotationsResponse>({
  name: 'ListKeyRotations',
  members: {
    KeyId: keyId,
    IncludeKeyMaterial: optional(oneOf(['ALL_KEY_MATERIAL', 'ROTATIONS_ONLY'])),
    Limit: limit,
    Marker: marker,
  },
  run(input, context) {
    const key = anyKey(context, keyOnly(context, input.KeyId).keyId);
    if (key.keySpec !== 'SYMMETRIC_DEFAULT') throw new AwsError('UnsupportedOperationException');
    const all = input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL';
    const listed = key.materials
      .filter(({ rotationDate }) => all || rotationDate !== undefined)
      .map((material, index) => ({ material, order: String(index).padStart(8, '0') }));
    const { items, ...rest } = page(listed, ({ order }) => order, input, {
      default: 100,
      max: 1000,
    });
    return { Rotations: items.map(({ material }) => entry(key, material)), ...rest };
  },
});

function entry(key: KeyRecord, material: Material) {
  const { imported } = material;
  return {
    KeyId: keyArn(key),
    KeyMaterialId: material.id,
    KeyMaterialDescription: imported?.description,
    ImportState: imported?.state,
    KeyMaterialState: material.state,
    ExpirationModel: imported?.state === 'IMPORTED' ? imported.expirationModel : undefined,
    ValidTo: imported?.validTo === undefined ? undefined : new Date(imported.validTo),
    RotationDate: material.rotationDate === undefined ? undefined : new Date(material.rotationDate),
    RotationType: material.rotationType,
  };
}

/** A key whose rotation may be changed: the state is checked before the spec, as AWS does. */
function rotatableKey(
  context: KmsContext,
  id: string,
  { onDemand }: { onDemand: boolean },
): KeyRecord {
  const key = keyOnly(context, id);
  if (!onDemand) refuseImported(key);
  requireState(context.operation, key);
  if (key.keySpec !== 'SYMMETRIC_DEFAULT') throw new AwsError('UnsupportedOperationException');
  requirePrimary(key);
  return key;
}

function refuseImported(key: KeyRecord): void {
  if (key.origin === 'AWS_KMS') return;
  throw new AwsError(
    'UnsupportedOperationException',
    `${keyArn(key)} origin is ${key.origin} which is not valid for this operation.`,
  );
}

/** Rotation is a property that the copies of a multi-Region key share; only the primary sets it. */
function requirePrimary(key: KeyRecord): void {
  if (!key.multiRegion || key.multiRegion.primaryRegion === key.region) return;
  throw new AwsError(
    'UnsupportedOperationException',
    `${keyArn(key)} is not a multi-region primary key.`,
  );
}

function primaryOf(context: KmsContext, key: KeyRecord): KeyRecord {
  return (key.multiRegion && context.ring.find(key.multiRegion.primaryRegion, key.keyId)) ?? key;
}

function requireNoRotation(key: KeyRecord, now: number): void {
  const automatic = key.rotation?.enabled ? key.rotation.nextDate : Infinity;
  if (key.onDemandSince === undefined && automatic > now + soonMs) return;
  throw new AwsError(
    'ConflictException',
    `A rotation of ${keyArn(key)} is in progress or begins within 20 minutes.`,
  );
}

function isReadyToRotate(key: KeyRecord): boolean {
  return key.materials.some(
    ({ state, imported }) => state === 'PENDING_ROTATION' && imported?.state === 'IMPORTED',
  );
}
