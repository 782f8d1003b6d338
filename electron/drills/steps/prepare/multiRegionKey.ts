import { randomUUID } from 'node:crypto';
import { ReplicateKeyCommand } from '@aws-sdk/client-kms';
import type { StepContext } from '../../run/stepContext';
import { awsTags } from '../../run/tags';
import { settled } from '../../run/undo';
import { keepCanary } from '../canary';
import { createDrillKey } from './createKey';

/** A multi-Region key with a replica that has the same policy, and a canary sealed at the primary. */
export async function multiRegionKey(ctx: StepContext, policy: string): Promise<void> {
  const region = ctx.plan.scope.replicaRegion ?? '';
  const primary = await createDrillKey(ctx, 'multi-Region', { Policy: policy, MultiRegion: true });
  const { facts, changes, id: drill } = ctx.drill();
  const before = facts['key replica'];
  if (!changes.some(({ target, state }) => target === before && state === 'made')) {
    const id = randomUUID();
    const arn = primary.replace(`:${ctx.home.region}:`, `:${region}:`);
    await ctx.change(
      {
        id,
        kind: 'create-replica',
        region,
        target: primary,
        words: `Replicate the drill’s multi-Region key to ${region}`,
        undoWords: 'Schedule the replica for deletion',
        lasting: true,
      },
      ctx.home,
      new ReplicateKeyCommand({
        KeyId: primary,
        ReplicaRegion: region,
        Policy: policy,
        Description: `Recovery drill ${drill}: replica. It goes when the drill is over.`,
        Tags: awsTags(drill, id),
      }),
      ({ ReplicaKeyMetadata }) => ReplicaKeyMetadata?.Arn ?? arn,
    );
    await ctx.fact('key replica', arn);
    await settled(arn, ctx.there(region), ctx);
    await settled(primary, ctx.home, ctx);
  }
  await keepCanary(ctx, ctx.home, primary, 'multi-Region');
  await ctx.pass(
    'Multi-Region key',
    `Made ${primary} with a replica in ${region}, and sealed a canary.`,
  );
}
