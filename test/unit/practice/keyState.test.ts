import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyState } from '../../../electron/practice/kms/model';
import { kmsForTest, type KmsForTest } from './kmsForTest';

/**
 * AWS's table "Key states of AWS KMS keys" for the operations of symmetric keys: `.` works, a letter
 * is a refusal. Columns: Enabled, Disabled, PendingDeletion, PendingReplicaDeletion, Creating, Updating.
 */
const states: readonly KeyState[] = [
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingReplicaDeletion',
  'Creating',
  'Updating',
];
const table: Readonly<Record<string, string>> = {
  CancelKeyDeletion: 'nn..nn',
  CreateAlias: '..pr..',
  CreateGrant: '.dprc.',
  Decrypt: '.dprc.',
  DeleteAlias: '......',
  DescribeKey: '......',
  DisableKey: '..prcu',
  DisableKeyRotation: '.dprc.',
  EnableKey: '..prcu',
  EnableKeyRotation: '.dprc.',
  Encrypt: '.dprc.',
  GenerateDataKey: '.dprc.',
  GenerateDataKeyWithoutPlaintext: '.dprc.',
  GetKeyPolicy: '......',
  GetKeyRotationStatus: '......',
  ListAliases: '......',
  ListGrants: '......',
  ListKeyPolicies: '......',
  ListKeyRotations: '......',
  ListResourceTags: '......',
  PutKeyPolicy: '......',
  ReEncrypt: '.dprc.',
  ReplicateKey: '.dprcu',
  RevokeGrant: '......',
  RetireGrant: '......',
  RotateKeyOnDemand: '.dprc.',
  ScheduleKeyDeletion: '..pr.u',
  TagResource: '..pr..',
  UntagResource: '..pr..',
  UpdateAlias: '..pr..',
  UpdateKeyDescription: '..pr..',
  UpdatePrimaryRegion: '.dprc.',
};
const refusals: Readonly<Record<string, (arn: string) => string>> = {
  d: (arn) => `DisabledException: ${arn} is disabled.`,
  p: (arn) => `KMSInvalidStateException: ${arn} is pending deletion.`,
  r: (arn) => `KMSInvalidStateException: ${arn} is pending replica deletion.`,
  n: (arn) => `KMSInvalidStateException: ${arn} is not pending deletion.`,
  c: (arn) => `KMSInvalidStateException: ${arn} is creating.`,
  u: (arn) => `KMSInvalidStateException: ${arn} is updating.`,
};

interface Made {
  readonly keyId: string;
  readonly arn: string;
  readonly inputs: Readonly<Record<string, object>>;
}

/** A multi-Region key with a replica, an alias, a grant and a ciphertext, while everything still works. */
async function makeKey(world: KmsForTest): Promise<Made> {
  const { KeyMetadata } = await world.call<{ KeyMetadata: { KeyId: string; Arn: string } }>(
    'CreateKey',
    { MultiRegion: true },
  );
  const { KeyId: keyId, Arn: arn } = KeyMetadata;
  await world.call('ReplicateKey', { KeyId: keyId, ReplicaRegion: 'eu-west-1' });
  world.account.clock.advance(2000);
  await world.call('CreateAlias', { AliasName: 'alias/state', TargetKeyId: keyId });
  const { GrantId: grantId } = await world.call<{ GrantId: string }>('CreateGrant', {
    KeyId: keyId,
    GranteePrincipal: 'arn:aws:iam::111122223333:role/x',
    Operations: ['Decrypt'],
  });
  const { CiphertextBlob } = await world.call<{ CiphertextBlob: Buffer }>('Encrypt', {
    KeyId: keyId,
    Plaintext: 'AA==',
  });
  const blob = CiphertextBlob.toString('base64');
  const { Policy } = await world.call<{ Policy: string }>('GetKeyPolicy', { KeyId: keyId });
  return {
    keyId,
    arn,
    inputs: {
      CreateAlias: { AliasName: 'alias/another', TargetKeyId: keyId },
      UpdateAlias: { AliasName: 'alias/state', TargetKeyId: keyId },
      DeleteAlias: { AliasName: 'alias/state' },
      CreateGrant: {
        KeyId: keyId,
        GranteePrincipal: 'arn:aws:iam::111122223333:role/y',
        Operations: ['Decrypt'],
      },
      RevokeGrant: { KeyId: keyId, GrantId: grantId },
      RetireGrant: { KeyId: keyId, GrantId: grantId },
      Decrypt: { CiphertextBlob: blob },
      ReEncrypt: { CiphertextBlob: blob, DestinationKeyId: keyId },
      Encrypt: { KeyId: keyId, Plaintext: 'AA==' },
      GenerateDataKey: { KeyId: keyId, NumberOfBytes: 8 },
      GenerateDataKeyWithoutPlaintext: { KeyId: keyId, NumberOfBytes: 8 },
      PutKeyPolicy: { KeyId: keyId, Policy },
      ReplicateKey: { KeyId: keyId, ReplicaRegion: 'us-east-1' },
      UpdatePrimaryRegion: { KeyId: keyId, PrimaryRegion: 'eu-west-1' },
      TagResource: { KeyId: keyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] },
      UntagResource: { KeyId: keyId, TagKeys: ['a'] },
      UpdateKeyDescription: { KeyId: keyId, Description: 'new' },
    },
  };
}

describe("AWS's table of key states", () => {
  for (const [operation, cells] of Object.entries(table)) {
    it.each(states.map((state, index) => [state, cells.charAt(index)] as const))(
      `${operation} on a key that is %s`,
      async (state, cell) => {
        const world = kmsForTest();
        const { keyId, arn, inputs } = await makeKey(world);
        const deletionDate = world.account.clock.now() + 86_400_000;
        world.kms.ring.put({
          ...world.key(keyId),
          state,
          ...(state === 'PendingDeletion' && { deletionDate }),
        });
        const outcome = await world.outcome(operation, inputs[operation] ?? { KeyId: keyId });
        expect(outcome).toBe(cell === '.' ? 'ok' : refusals[cell]?.(arn));
      },
    );
  }
});

describe('a key that waits for its imported material', () => {
  const pendingImport: Readonly<Record<string, string>> = {
    Encrypt: 'KMSInvalidStateException: {arn} is pending import.',
    GenerateDataKey: 'KMSInvalidStateException: {arn} is pending import.',
    EnableKey: 'KMSInvalidStateException: {arn} is pending import.',
    DisableKey: 'KMSInvalidStateException: {arn} is pending import.',
    RotateKeyOnDemand: 'KMSInvalidStateException: {arn} is pending import.',
    CreateGrant: 'KMSInvalidStateException: {arn} is pending import.',
    CancelKeyDeletion: 'KMSInvalidStateException: {arn} is not pending deletion.',
    EnableKeyRotation:
      'UnsupportedOperationException: {arn} origin is EXTERNAL which is not valid for this operation.',
    DisableKeyRotation:
      'UnsupportedOperationException: {arn} origin is EXTERNAL which is not valid for this operation.',
    GetKeyRotationStatus:
      'UnsupportedOperationException: {arn} origin is EXTERNAL which is not valid for this operation.',
    ListKeyRotations: 'ok',
    DescribeKey: 'ok',
    TagResource: 'ok',
    ScheduleKeyDeletion: 'ok',
  };
  it.each(Object.entries(pendingImport))('%s: %s', async (operation, expected) => {
    const world = kmsForTest();
    const { KeyMetadata: key } = await world.call<{ KeyMetadata: { KeyId: string; Arn: string } }>(
      'CreateKey',
      { Origin: 'EXTERNAL' },
    );
    const inputs: Record<string, object> = {
      Encrypt: { Plaintext: randomBytes(8).toString('base64') },
      GenerateDataKey: { NumberOfBytes: 8 },
      TagResource: { Tags: [] },
      CreateGrant: { GranteePrincipal: 'arn:aws:iam::111122223333:role/x', Operations: [] },
    };
    expect(await world.outcome(operation, { KeyId: key.KeyId, ...inputs[operation] })).toBe(
      expected.replace('{arn}', key.Arn),
    );
  });
});
