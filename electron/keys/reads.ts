import { createHash } from 'node:crypto';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyRotationsCommand,
  ListResourceTagsCommand,
  type GrantListEntry,
  type KeyMetadata as AwsKeyMetadata,
  type RotationsListEntry,
} from '@aws-sdk/client-kms';
import type {
  Grant,
  KeyMaterial,
  KeyMetadata,
  PolicySummary,
  RotationStatus,
  RotationSummary,
} from '../../shared/model/key';
import { summarizeKeyPolicy } from '../../shared/model/keyPolicy';
import type { AwsAnswer } from '../aws/types';
import { isoDate, required, type Answer, type Caller } from './caller';
import { pages } from './paging';

/** DescribeKey. */
export async function readMetadata(caller: Caller, keyId: string): Promise<Answer<KeyMetadata>> {
  const answer = await caller.send('kms:DescribeKey', new DescribeKeyCommand({ KeyId: keyId }));
  const metadata = required(answer.output.KeyMetadata, describeKey, 'KeyMetadata');
  return answered(answer, metadataOf(metadata));
}

/** ListAliases for one key; the inventory asks for all keys at once (`sweepAliases`). */
export async function readAliases(caller: Caller, keyId: string): Promise<Answer<string[]>> {
  return collect(
    'kms:ListAliases',
    (marker) =>
      caller.send(
        'kms:ListAliases',
        new ListAliasesCommand({ KeyId: keyId, Limit: 100, ...(marker && { Marker: marker }) }),
      ),
    ({ Aliases }) =>
      required(Aliases, 'kms:ListAliases', 'Aliases').map(({ AliasName }) =>
        required(AliasName, 'kms:ListAliases', 'AliasName'),
      ),
  );
}

/** One sweep over all aliases of the Region: the names by key id. */
export async function sweepAliases(caller: Caller): Promise<Answer<Map<string, string[]>>> {
  const swept = await collect(
    'kms:ListAliases',
    (marker) =>
      caller.send(
        'kms:ListAliases',
        new ListAliasesCommand({ Limit: 100, ...(marker && { Marker: marker }) }),
      ),
    ({ Aliases }) => required(Aliases, 'kms:ListAliases', 'Aliases'),
  );
  const byKey = new Map<string, string[]>();
  for (const { AliasName, TargetKeyId } of swept.value) {
    // An alias without a target is one that AWS keeps for a key it has not made yet.
    if (AliasName === undefined || TargetKeyId === undefined) continue;
    const names = byKey.get(TargetKeyId);
    if (names) names.push(AliasName);
    else byKey.set(TargetKeyId, [AliasName]);
  }
  return { ...swept, value: byKey };
}

/** ListResourceTags. */
export async function readTags(
  caller: Caller,
  keyId: string,
): Promise<Answer<Record<string, string>>> {
  const tags = await collect(
    'kms:ListResourceTags',
    (marker) =>
      caller.send(
        'kms:ListResourceTags',
        new ListResourceTagsCommand({ KeyId: keyId, ...(marker && { Marker: marker }) }),
      ),
    ({ Tags }) => required(Tags, 'kms:ListResourceTags', 'Tags'),
  );
  const value = Object.fromEntries(
    tags.value.map(({ TagKey, TagValue }) => [
      required(TagKey, 'kms:ListResourceTags', 'TagKey'),
      TagValue ?? '',
    ]),
  );
  return { ...tags, value };
}

/** GetKeyRotationStatus. A missing answer is never "off". */
export async function readRotation(caller: Caller, keyId: string): Promise<Answer<RotationStatus>> {
  const operation = 'kms:GetKeyRotationStatus';
  const answer = await caller.send(
    'kms:GetKeyRotationStatus',
    new GetKeyRotationStatusCommand({ KeyId: keyId }),
  );
  const { KeyRotationEnabled, RotationPeriodInDays, NextRotationDate, OnDemandRotationStartDate } =
    answer.output;
  return answered(answer, {
    enabled: required(KeyRotationEnabled, operation, 'KeyRotationEnabled'),
    periodDays: RotationPeriodInDays,
    nextRotationDate: isoDate(NextRotationDate, operation),
    onDemandStartDate: isoDate(OnDemandRotationStartDate, operation),
  });
}

/** ListKeyRotations: what rotations there were, added up. */
export async function readHistory(caller: Caller, keyId: string): Promise<Answer<RotationSummary>> {
  const rotations = await listRotations(caller, keyId, 'ROTATIONS_ONLY');
  return { ...rotations, value: rotationSummary(rotations.value) };
}

/** ListKeyRotations with every key material, also the first and those that wait for their rotation. */
export function readMaterials(caller: Caller, keyId: string): Promise<Answer<KeyMaterial[]>> {
  return listRotations(caller, keyId, 'ALL_KEY_MATERIAL');
}

/** Adds up completed rotations; material without a rotation date is the first, or waits. */
export function rotationSummary(materials: readonly KeyMaterial[]): RotationSummary {
  const done = materials
    .filter((material) => material.rotationDate !== undefined)
    .toSorted((a, b) => ((a.rotationDate ?? '') < (b.rotationDate ?? '') ? -1 : 1));
  const last = done.at(-1);
  return {
    count: done.length,
    lastRotationDate: last?.rotationDate,
    lastRotationType: last?.rotationType,
    onDemandUsed: done.filter(({ rotationType }) => rotationType === 'ON_DEMAND').length,
  };
}

/** GetKeyPolicy: the text as AWS keeps it. */
export async function readPolicyText(caller: Caller, keyId: string): Promise<Answer<string>> {
  const answer = await caller.send(
    'kms:GetKeyPolicy',
    new GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default' }),
  );
  return answered(answer, required(answer.output.Policy, 'kms:GetKeyPolicy', 'Policy'));
}

/** The summary of a policy's text with the hash of the text. */
export function policySummary(text: string, accountId: string): PolicySummary {
  return {
    ...summarizeKeyPolicy(text, accountId),
    textSha256: createHash('sha256').update(text).digest('hex'),
  };
}

/** ListGrants, all pages. */
export function readGrants(caller: Caller, keyId: string): Promise<Answer<Grant[]>> {
  return collect(
    'kms:ListGrants',
    (marker) =>
      caller.send(
        'kms:ListGrants',
        new ListGrantsCommand({ KeyId: keyId, Limit: 100, ...(marker && { Marker: marker }) }),
      ),
    ({ Grants }) => required(Grants, 'kms:ListGrants', 'Grants').map(grantOf),
  );
}

const describeKey = 'kms:DescribeKey';
const listKeyRotations = 'kms:ListKeyRotations';

function listRotations(
  caller: Caller,
  keyId: string,
  include: 'ROTATIONS_ONLY' | 'ALL_KEY_MATERIAL',
): Promise<Answer<KeyMaterial[]>> {
  return collect(
    listKeyRotations,
    (marker) =>
      caller.send(
        'kms:ListKeyRotations',
        new ListKeyRotationsCommand({
          KeyId: keyId,
          Limit: 1000,
          ...(include === 'ALL_KEY_MATERIAL' && { IncludeKeyMaterial: include }),
          ...(marker && { Marker: marker }),
        }),
      ),
    ({ Rotations }) => required(Rotations, listKeyRotations, 'Rotations').map(materialOf),
  );
}

/** All pages of a list as one answer: as old as its first page, with the request id of its last. */
async function collect<
  T,
  O extends { Truncated?: boolean | undefined; NextMarker?: string | undefined },
>(
  operation: string,
  ask: (marker: string | undefined) => Promise<AwsAnswer<O>>,
  read: (output: O) => T[],
): Promise<Answer<T[]>> {
  const value: T[] = [];
  let asOf: string | undefined;
  let requestId: string | undefined;
  for await (const answer of pages(operation, ask)) {
    for (const entry of read(answer.output)) value.push(entry);
    asOf ??= answer.asOf;
    requestId = answer.requestId;
  }
  return { value, asOf: asOf ?? '', requestId };
}

function answered<T>(answer: AwsAnswer<object>, value: T): Answer<T> {
  return { value, asOf: answer.asOf, requestId: answer.requestId };
}

function metadataOf(metadata: AwsKeyMetadata): KeyMetadata {
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

function materialOf(entry: RotationsListEntry): KeyMaterial {
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

function grantOf(entry: GrantListEntry): Grant {
  return {
    grantId: required(entry.GrantId, 'kms:ListGrants', 'GrantId'),
    name: entry.Name,
    granteePrincipal: entry.GranteePrincipal,
    retiringPrincipal: entry.RetiringPrincipal,
    issuingAccount: entry.IssuingAccount,
    operations: (entry.Operations ?? []).map(String),
    constraints: entry.Constraints && JSON.stringify(entry.Constraints),
    creationDate: isoDate(entry.CreationDate, 'kms:ListGrants'),
  };
}
