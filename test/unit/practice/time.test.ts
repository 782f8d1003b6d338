import { describe, expect, it } from 'vitest';
import { kmsForTest, type KmsForTest } from './kmsForTest';

interface Metadata {
  readonly KeyId: string;
  readonly Arn: string;
  readonly KeyState: string;
  readonly DeletionDate?: Date;
}
const describeKey = async (world: KmsForTest, KeyId: string, region?: string) =>
  (await world.call<{ KeyMetadata: Metadata }>('DescribeKey', { KeyId }, region)).KeyMetadata;
const create = async (world: KmsForTest, input = {}) =>
  (await world.call<{ KeyMetadata: Metadata }>('CreateKey', input)).KeyMetadata;
const rotations = async (world: KmsForTest, KeyId: string, region?: string) =>
  (
    await world.call<{ Rotations: { RotationDate: Date; RotationType: string }[] }>(
      'ListKeyRotations',
      { KeyId },
      region,
    )
  ).Rotations;

describe('time', () => {
  it('rotates a key on each of its dates, however far the clock is moved at once', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    const start = world.account.clock.now();
    await world.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 100 });
    world.advanceDays(350);
    const dates = (await rotations(world, KeyId)).map(({ RotationDate }) => RotationDate.getTime());
    expect(dates).toEqual([100, 200, 300].map((days) => start + days * 86_400_000));
    const { NextRotationDate } = await world.call<{ NextRotationDate: Date }>(
      'GetKeyRotationStatus',
      { KeyId },
    );
    expect(NextRotationDate.getTime()).toBe(start + 400 * 86_400_000);
  });

  it('does not rotate a disabled key, and rotates it as soon as it is enabled', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    await world.call('EnableKeyRotation', { KeyId });
    await world.call('DisableKey', { KeyId });
    world.advanceDays(400);
    expect(await rotations(world, KeyId)).toEqual([]);
    expect(await world.call('GetKeyRotationStatus', { KeyId })).toMatchObject({
      KeyRotationEnabled: true,
    });
    await world.call('EnableKey', { KeyId });
    expect(await rotations(world, KeyId)).toHaveLength(1);
  });

  it('deletes a key at the end of its window, with its aliases and grants', async () => {
    const world = kmsForTest();
    const { KeyId, Arn } = await create(world);
    await world.call('CreateAlias', { AliasName: 'alias/gone', TargetKeyId: KeyId });
    await world.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    world.advanceDays(6.99);
    expect((await describeKey(world, KeyId)).KeyState).toBe('PendingDeletion');
    world.advanceDays(0.02);
    expect(await world.outcome('DescribeKey', { KeyId })).toBe(
      `NotFoundException: Key '${Arn}' does not exist`,
    );
    expect(await world.call('ListAliases')).toMatchObject({ Aliases: [] });
  });

  it('says that rotation is off while a deletion is pending, and on again after its cancelling', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    await world.call('EnableKeyRotation', { KeyId });
    await world.call('ScheduleKeyDeletion', { KeyId });
    const status = () => world.call('GetKeyRotationStatus', { KeyId });
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
    await world.call('CancelKeyDeletion', { KeyId });
    expect((await describeKey(world, KeyId)).KeyState).toBe('Disabled');
    expect(await status()).toMatchObject({ KeyRotationEnabled: true });
  });

  it('lets a primary key begin its window when its last replica is gone', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world, { MultiRegion: true });
    await world.call('ReplicateKey', { KeyId, ReplicaRegion: 'us-east-1' });
    expect((await describeKey(world, KeyId, 'us-east-1')).KeyState).toBe('Creating');
    world.advanceDays(1);
    await world.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 10 });
    world.advanceDays(100);
    expect((await describeKey(world, KeyId)).KeyState).toBe('PendingReplicaDeletion');
    await world.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }, 'us-east-1');
    world.advanceDays(8);
    const primary = await describeKey(world, KeyId);
    expect(primary.KeyState).toBe('PendingDeletion');
    expect(primary.DeletionDate?.getTime()).toBe(world.account.clock.now() + 9 * 86_400_000);
    world.advanceDays(9);
    expect(await world.outcome('DescribeKey', { KeyId })).toContain('NotFoundException');
  });

  it('rotates every copy of a multi-Region key at once, so that each opens what any sealed', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world, { MultiRegion: true });
    await world.call('ReplicateKey', { KeyId, ReplicaRegion: 'us-east-1' });
    world.advanceDays(1);
    await world.call('EnableKeyRotation', { KeyId });
    world.advanceDays(366);
    expect(await rotations(world, KeyId, 'us-east-1')).toHaveLength(1);
    const { CiphertextBlob } = await world.call<{ CiphertextBlob: Buffer }>(
      'Encrypt',
      { KeyId, Plaintext: 'AAAA' },
      'us-east-1',
    );
    const request = { CiphertextBlob: CiphertextBlob.toString('base64') };
    expect(await world.outcome('Decrypt', request)).toBe('ok');
    expect(await world.outcome('Decrypt', request, 'eu-west-3')).toBe(
      'AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  });

  // API reference: GetKeyRotationStatus (OnDemandRotationStartDate), RotateKeyOnDemand (ConflictException).
  it('rotates on demand in the background: the old material works until it is done', async () => {
    const world = kmsForTest();
    const { KeyId, Arn } = await create(world);
    const started = new Date(world.account.clock.now());
    const current = async () =>
      (
        await world.call<{ KeyMetadata: { CurrentKeyMaterialId: string } }>('DescribeKey', {
          KeyId,
        })
      ).KeyMetadata.CurrentKeyMaterialId;
    const before = await current();
    await world.call('RotateKeyOnDemand', { KeyId });
    expect(await world.call('GetKeyRotationStatus', { KeyId })).toEqual({
      KeyId: Arn,
      KeyRotationEnabled: false,
      OnDemandRotationStartDate: started,
    });
    expect(await current()).toBe(before);
    expect(await world.call('ListKeyRotations', { KeyId })).toMatchObject({ Rotations: [] });
    expect(await world.outcome('RotateKeyOnDemand', { KeyId })).toMatch(/^ConflictException: /);
    world.advanceSeconds(1);
    expect(await world.call('GetKeyRotationStatus', { KeyId })).toEqual({
      KeyId: Arn,
      KeyRotationEnabled: false,
    });
    expect(await current()).not.toBe(before);
    expect(await world.call('ListKeyRotations', { KeyId })).toMatchObject({
      Rotations: [{ RotationType: 'ON_DEMAND' }],
    });
  });

  it('begins no rotation on demand within 20 minutes of an automatic one', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    await world.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    world.advanceSeconds(90 * 86_400 - 20 * 60);
    expect(await world.outcome('RotateKeyOnDemand', { KeyId })).toMatch(/^ConflictException: /);
    world.advanceSeconds(20 * 60);
    expect(await world.outcome('RotateKeyOnDemand', { KeyId })).toBe('ok');
  });

  it('allows 25 rotations on demand', async () => {
    const world = kmsForTest();
    const { KeyId, Arn } = await create(world);
    for (let count = 0; count < 25; count++) {
      await world.call('RotateKeyOnDemand', { KeyId });
      world.advanceSeconds(1);
    }
    expect(await world.outcome('RotateKeyOnDemand', { KeyId })).toBe(
      `LimitExceededException: The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${Arn}`,
    );
  });
});
