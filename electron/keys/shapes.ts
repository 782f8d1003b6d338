import type {
  GrantListEntry,
  KeyMetadata as AwsKeyMetadata,
  RotationsListEntry,
} from '@aws-sdk/client-kms';
import type { Grant, KeyMaterial, KeyMetadata } from '../../shared/model/key';
import { isoDate, required } from './caller';

export const describeKey = 'kms:DescribeKey';
export const listKeyRotations = 'kms:ListKeyRotations';
export const listGrants = 'kms:ListGrants';

/** What DescribeKey says of a key. It throws AppError `bad-response`, as the others here, where a required part is missing. */
export function metadataOf(metadata: AwsKeyMetadata): KeyMetadata {
  const text = (value: string | undefined, part: string) => required(value, describeKey, part);
  return {
    description: metadata.Description ?? '',
    keyState: text(metadata.KeyState, 'KeyState'),
    keyUsage: text(metadata.KeyUsage, 'KeyUsage'),
    keySpec: text(metadata.KeySpec, 'KeySpec'),
    keyManager: text(metadata.KeyManager, 'KeyManager'),
    origin: text(metadata.Origin, 'Origin'),
    creationDate: text(isoDate(metadata.CreationDate, describeKey), 'CreationDate'),
    deletionDate: isoDate(metadata.DeletionDate, describeKey),
    pendingDeletionWindowInDays: metadata.PendingDeletionWindowInDays,
    validTo: isoDate(metadata.ValidTo, describeKey),
    expirationModel: metadata.ExpirationModel,
    currentKeyMaterialId: metadata.CurrentKeyMaterialId,
    customKeyStoreId: metadata.CustomKeyStoreId,
    multiRegion: multiRegionOf(metadata),
  };
}

function multiRegionOf(metadata: AwsKeyMetadata): KeyMetadata['multiRegion'] {
  const multi = metadata.MultiRegionConfiguration;
  if (!metadata.MultiRegion && !multi) return undefined;
  return {
    type: multi?.MultiRegionKeyType === 'REPLICA' ? 'REPLICA' : 'PRIMARY',
    primaryRegion: required(multi?.PrimaryKey?.Region, describeKey, 'primary Region'),
    replicaRegions: (multi?.ReplicaKeys ?? []).flatMap(({ Region }) => Region ?? []).toSorted(),
  };
}

/** One key material of ListKeyRotations. */
export function materialOf(entry: RotationsListEntry): KeyMaterial {
  return {
    keyMaterialId: entry.KeyMaterialId,
    state: entry.KeyMaterialState,
    importState: entry.ImportState,
    description: entry.KeyMaterialDescription,
    expirationModel: entry.ExpirationModel,
    validTo: isoDate(entry.ValidTo, listKeyRotations),
    rotationDate: isoDate(entry.RotationDate, listKeyRotations),
    rotationType: entry.RotationType,
  };
}

/** One grant of ListGrants. */
export function grantOf(entry: GrantListEntry): Grant {
  return {
    grantId: required(entry.GrantId, listGrants, 'GrantId'),
    name: entry.Name,
    granteePrincipal: entry.GranteePrincipal,
    retiringPrincipal: entry.RetiringPrincipal,
    issuingAccount: entry.IssuingAccount,
    operations: (entry.Operations ?? []).map(String),
    constraints: entry.Constraints && JSON.stringify(entry.Constraints),
    creationDate: isoDate(entry.CreationDate, listGrants),
  };
}
