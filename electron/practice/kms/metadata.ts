import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Keyring } from './keyring';
import { currentMaterial, keyArn, type KeyRecord } from './model';
import { algorithmsOf } from './specs';

/** A key as DescribeKey and CreateKey show it, member for member as AWS does. */
export function describe(ring: Keyring, key: KeyRecord): KeyMetadata {
  const current = key.materials.find(({ state }) => state === 'CURRENT');
  const usable = current?.imported?.state === 'IMPORTED' && key.state !== 'PendingImport';
  const expiry = usable ? earliestExpiry(key) : undefined;
  const metadata = {
    AWSAccountId: key.accountId,
    KeyId: key.keyId,
    Arn: keyArn(key),
    CreationDate: new Date(key.createdAt),
    Enabled: key.state === 'Enabled' || key.state === 'Updating',
    Description: key.description,
    KeyUsage: key.keyUsage,
    KeyState: key.state,
    DeletionDate: key.deletionDate === undefined ? undefined : new Date(key.deletionDate),
    ValidTo: expiry === undefined ? undefined : new Date(expiry),
    Origin: key.origin,
    ExpirationModel:
      expiry === undefined
        ? usable
          ? 'KEY_MATERIAL_DOES_NOT_EXPIRE'
          : undefined
        : 'KEY_MATERIAL_EXPIRES',
    KeyManager: key.managedBy ? 'AWS' : 'CUSTOMER',
    CustomerMasterKeySpec: key.keySpec,
    KeySpec: key.keySpec,
    ...algorithms(key),
    MultiRegion: key.multiRegion !== undefined,
    MultiRegionConfiguration: multiRegionConfiguration(ring, key),
    PendingDeletionWindowInDays:
      key.state === 'PendingReplicaDeletion' ? key.pendingWindowDays : undefined,
    CurrentKeyMaterialId: key.state === 'Creating' ? undefined : materialIdOf(key),
  };
  return metadata as KeyMetadata;
}

/** When the first of the key's versions expires, which makes the whole key unusable. */
function earliestExpiry(key: KeyRecord): number | undefined {
  const dates = key.materials
    .filter(({ state }) => !state.startsWith('PENDING'))
    .flatMap(({ imported }) => imported?.validTo ?? []);
  return dates.length === 0 ? undefined : Math.min(...dates);
}

/** The id of the version in use, which only symmetric encryption keys show. */
export function materialIdOf(key: KeyRecord): string | undefined {
  return key.keySpec === 'SYMMETRIC_DEFAULT' ? currentMaterial(key)?.id : undefined;
}

const algorithmMembers: Readonly<Record<string, string>> = {
  ENCRYPT_DECRYPT: 'EncryptionAlgorithms',
  SIGN_VERIFY: 'SigningAlgorithms',
  GENERATE_VERIFY_MAC: 'MacAlgorithms',
  KEY_AGREEMENT: 'KeyAgreementAlgorithms',
  ENCAPSULATE_DECAPSULATE: 'EncapsulationAlgorithms',
};

/** `{ EncryptionAlgorithms: [...] }`, or the member that the key's usage has. */
export function algorithms(key: KeyRecord): Record<string, readonly string[]> {
  const member = algorithmMembers[key.keyUsage];
  return member ? { [member]: algorithmsOf(key) } : {};
}

function multiRegionConfiguration(ring: Keyring, key: KeyRecord) {
  if (!key.multiRegion) return undefined;
  const { primaryRegion } = key.multiRegion;
  const place = (region: string) => ({ Arn: keyArn({ ...key, region }), Region: region });
  return {
    MultiRegionKeyType: key.region === primaryRegion ? 'PRIMARY' : 'REPLICA',
    PrimaryKey: place(primaryRegion),
    ReplicaKeys: ring
      .related(key)
      .map(({ region }) => region)
      .filter((region) => region !== primaryRegion)
      .map(place),
  };
}
