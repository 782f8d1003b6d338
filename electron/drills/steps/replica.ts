import {
  GetKeyPolicyCommand,
  ListAliasesCommand,
  UpdatePrimaryRegionCommand,
} from '@aws-sdk/client-kms';
import { AppError } from '../../../shared/model/errors';
import { policyDrift } from '../../../shared/model/drills/policyDrift';
import type { Place, StepContext } from '../run/stepContext';
import { settled, takeBack } from '../run/undo';
import { canaryNamed, openCanary } from './canary';

/** Opens a canary at the replica, makes it the primary and hands back. */
export async function replica(ctx: StepContext): Promise<void> {
  const primary = ctx.known('key multi-Region');
  const copy = ctx.known('key replica');
  const region = ctx.plan.scope.replicaRegion ?? '';
  const there = ctx.there(region);
  const canary = canaryNamed(ctx, 'multi-Region');

  const drift = policyDrift(
    await policyOf(ctx, ctx.home, primary),
    await policyOf(ctx, there, copy),
  );
  if (drift.length > 0) {
    await ctx.fail(
      'Policies',
      `The key policy in ${region} has drifted from the primary’s: ${drift.join(' ')} AWS does not copy policies between Regions: put the primary’s policy on the replica.`,
    );
  } else await ctx.pass('Policies', `Primary and replica have the same key policy.`);
  await compareAliases(ctx, primary, there, copy);

  const begun = await ctx.now();
  try {
    await openCanary(ctx, there, canary, copy);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'denied') throw error;
    await ctx.fail('Decrypt at the replica', `${region} refuses to decrypt. ${error.message}`);
    return;
  }
  await ctx.measured('Decrypt at the replica', begun);
  await ctx.pass('Decrypt at the replica', `The replica ${copy} opened the canary in ${region}.`);

  const moving = await ctx.now();
  await ctx.change(
    {
      kind: 'move-primary',
      target: primary,
      words: `Make ${region} the primary Region of the drill’s multi-Region key`,
      undoWords: `Make ${ctx.home.region} the primary Region again`,
      lasting: false,
    },
    ctx.home,
    new UpdatePrimaryRegionCommand({ KeyId: primary, PrimaryRegion: region }),
  );
  await settled(copy, there, ctx);
  await openCanary(ctx, there, canary, copy);
  await ctx.measured('Promoting the replica', moving);

  const back = await ctx.now();
  const change = ctx
    .drill()
    .changes.findLast(({ kind, state }) => kind === 'move-primary' && state === 'made');
  if (change) await ctx.undone('move-primary', await takeBack(change, ctx));
  await openCanary(ctx, ctx.home, canary);
  await ctx.measured('Handing back', back);
  await ctx.pass(
    'Promotion',
    `${region} became the primary Region and opened the canary; ${ctx.home.region} took it back.`,
  );
}

async function policyOf(ctx: StepContext, place: Place, key: string): Promise<string> {
  const command = new GetKeyPolicyCommand({ KeyId: key, PolicyName: 'default' });
  const { Policy } = await ctx.send(place, command, { resource: key });
  if (Policy === undefined) throw new AppError('bad-response', 'GetKeyPolicy gave no policy.');
  return Policy;
}

async function compareAliases(
  ctx: StepContext,
  primary: string,
  there: Place,
  copy: string,
): Promise<void> {
  const names = async (place: Place, key: string) => {
    const { Aliases } = await ctx.send(place, new ListAliasesCommand({ KeyId: key }), {
      resource: key,
    });
    return (Aliases ?? []).map(({ AliasName = '' }) => AliasName).toSorted();
  };
  const [here, other] = [await names(ctx.home, primary), await names(there, copy)];
  const missing = here.filter((name) => !other.includes(name));
  if (missing.length === 0) return;
  await ctx.fail(
    'Aliases',
    `${there.region} lacks ${missing.join(', ')}: whoever names the key by alias does not find it there.`,
  );
}
