import { createHash } from 'node:crypto';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyRotationsCommand,
  ListResourceTagsCommand,
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
import { collect } from './paging';
import {
  describeKey,
  grantOf,
  listGrants,
  listKeyRotations,
  materialOf,
  metadataOf,
} from './shapes';

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
    listGrants,
    (marker) =>
      caller.send(
        listGrants,
        new ListGrantsCommand({ KeyId: keyId, Limit: 100, ...(marker && { Marker: marker }) }),
      ),
    ({ Grants }) => required(Grants, listGrants, 'Grants').map(grantOf),
  );
}

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

function answered<T>(answer: AwsAnswer<object>, value: T): Answer<T> {
  return { value, asOf: answer.asOf, requestId: answer.requestId };
}
