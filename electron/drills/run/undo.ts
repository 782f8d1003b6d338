import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ScheduleKeyDeletionCommand,
  UpdatePrimaryRegionCommand,
  type KeyMetadata,
} from '@aws-sdk/client-kms';
import { DeleteBucketCommand, DeleteObjectCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/model/errors';
import type { DrillChange } from '../../../shared/model/drills/drill';
import { s3Location } from '../../aws/s3Location';
import type { Place, StepContext } from './stepContext';
import { until } from './until';

/** Shortest waiting period of a key that is to be deleted (AWS KMS, ScheduleKeyDeletion). */
const shortestWindowDays = 7;

/**
 * Takes one change back, whatever became of it: looks how it stands first, so that it can be done
 * again after any interruption. Gives in words how. Throws AppError.
 */
export async function takeBack(change: DrillChange, ctx: StepContext): Promise<string> {
  const place = ctx.there(change.region);
  switch (change.kind) {
    case 'create-key':
    case 'create-replica':
      return removeKey(change, place, ctx);
    case 'disable-key':
      return enable(change.target, place, ctx);
    case 'schedule-deletion':
      return cancelDeletion(change.target, place, ctx);
    case 'move-primary':
      return movePrimaryBack(change, ctx);
    case 'delete-material':
      return materialIsBack(change, place, ctx);
    case 'put-object': {
      const { bucket, key } = s3Location(change.target);
      await ctx.send(place, new DeleteObjectCommand({ Bucket: bucket, Key: key }), {
        unlogged: true,
      });
      return 'The object was deleted.';
    }
    case 'create-bucket': {
      const { bucket } = s3Location(change.target);
      if (await isThere(bucket, place, ctx)) {
        await ctx.send(place, new DeleteBucketCommand({ Bucket: bucket }), {
          resource: change.target,
        });
      }
      return 'The bucket was deleted.';
    }
    case 'import-material':
    case 'rotate':
      break;
  }
  return 'There is nothing to take back.';
}

async function describe(key: string, place: Place, ctx: StepContext): Promise<KeyMetadata> {
  const command = new DescribeKeyCommand({ KeyId: key });
  const { KeyMetadata } = await ctx.send(place, command, { resource: key });
  if (!KeyMetadata) throw new AppError('bad-response', 'DescribeKey gave no metadata.');
  return KeyMetadata;
}

async function enable(key: string, place: Place, ctx: StepContext): Promise<string> {
  const { KeyState } = await describe(key, place, ctx);
  if (KeyState === 'Enabled') return 'The key is enabled.';
  if (isGoing(KeyState)) return 'The key is scheduled for deletion.';
  await ctx.send(place, new EnableKeyCommand({ KeyId: key }), { resource: key });
  return 'The key was enabled.';
}

async function cancelDeletion(key: string, place: Place, ctx: StepContext): Promise<string> {
  const { KeyState } = await describe(key, place, ctx);
  if (isGoing(KeyState)) {
    await ctx.send(place, new CancelKeyDeletionCommand({ KeyId: key }), { resource: key });
  }
  return enable(key, place, ctx);
}

async function movePrimaryBack(change: DrillChange, ctx: StepContext): Promise<string> {
  const home = ctx.there(change.region);
  await settled(change.target, home, ctx);
  const { MultiRegionConfiguration } = await describe(change.target, home, ctx);
  const primary = MultiRegionConfiguration?.PrimaryKey?.Region;
  if (primary === undefined || primary === change.region) return 'The first Region is the primary.';
  const there = ctx.there(primary);
  const arn = MultiRegionConfiguration?.PrimaryKey?.Arn ?? change.target;
  await settled(arn, there, ctx);
  const command = new UpdatePrimaryRegionCommand({ KeyId: arn, PrimaryRegion: change.region });
  await ctx.send(there, command, { resource: arn });
  await settled(change.target, home, ctx);
  return 'The first Region was made the primary again.';
}

async function materialIsBack(
  change: DrillChange,
  place: Place,
  ctx: StepContext,
): Promise<string> {
  const { KeyState } = await describe(change.target, place, ctx);
  if (KeyState !== 'PendingImport') {
    return isGoing(KeyState) ? 'The key is scheduled for deletion.' : 'The material is there.';
  }
  throw new AppError(
    'wrong-state',
    'Only the custodians’ shares bring the material back: do the step again with them, or put everything back and give the drill’s key up.',
  );
}

async function removeKey(change: DrillChange, place: Place, ctx: StepContext): Promise<string> {
  const key = change.state === 'made' ? change.target : await findByTag(change.id, place, ctx);
  if (key === undefined) return 'It was never made.';
  const { KeyState } = await describe(key, place, ctx);
  if (!isGoing(KeyState)) {
    await settled(key, place, ctx);
    const command = new ScheduleKeyDeletionCommand({
      KeyId: key,
      PendingWindowInDays: shortestWindowDays,
    });
    await ctx.send(place, command, { resource: key });
  }
  // The change may name no more than the tag by which the key was found.
  return `${key} is scheduled for deletion in ${shortestWindowDays} days.`;
}

/** The key of a change whose answer was lost: it carries the change’s id in a tag. */
async function findByTag(
  change: string,
  place: Place,
  ctx: StepContext,
): Promise<string | undefined> {
  let Marker: string | undefined;
  do {
    const page = await ctx.look(place, new ListKeysCommand({ Limit: 1000, Marker }));
    for (const { KeyArn = '' } of page.Keys ?? []) {
      const { Tags } = await ctx
        .look(place, new ListResourceTagsCommand({ KeyId: KeyArn }))
        .catch((error: unknown) => {
          // Of a key that may not be looked at, or that AWS manages: it is none of ours.
          if (error instanceof AppError && error.code !== 'cancelled') return { Tags: [] };
          throw error;
        });
      const own = Tags?.some((tag) => tag.TagKey === 'drill-change' && tag.TagValue === change);
      if (own) return KeyArn;
    }
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return undefined;
}

/** Waits until a key is through with being made or changed. */
export async function settled(key: string, place: Place, ctx: StepContext): Promise<void> {
  await until(ctx, { everyMs: 2000, withinMs: 600_000, what: 'the key to be ready' }, async () => {
    const { KeyMetadata } = await ctx.look(place, new DescribeKeyCommand({ KeyId: key }));
    return KeyMetadata?.KeyState === 'Creating' || KeyMetadata?.KeyState === 'Updating'
      ? undefined
      : true;
  });
}

function isGoing(state: string | undefined): boolean {
  return state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
}

/** Whether a bucket is there; where that may not be asked, deleting it will tell. */
async function isThere(bucket: string, place: Place, ctx: StepContext): Promise<boolean> {
  try {
    await ctx.look(place, new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    return error.detail['httpStatus'] !== 404;
  }
}
