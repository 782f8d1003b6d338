import {
  GetKeyRotationStatusCommand,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
  type RotationsListEntry,
} from '@aws-sdk/client-kms';
import type { Canary } from '../../../shared/model/envelope/canary';
import type { Place, StepContext } from '../run/stepContext';
import { until } from '../run/until';
import { canaryNamed, keepCanary, ofKey, openCanary } from './canary';

/** On-demand rotations of a key, for life (AWS KMS, "Resource quotas"). */
const rotationLimit = 25;
/** So many are left for a real need. */
const keptForNeed = 5;

/** Rotates the drill key and opens what was sealed before: with material that is not the current one. */
export async function oldCiphertext(ctx: StepContext): Promise<void> {
  const key = ctx.known('key ordinary');
  const canary = canaryNamed(ctx, 'ordinary');
  const before = await materials(ctx, ctx.home, key);
  const used = before.filter(({ RotationType }) => RotationType === 'ON_DEMAND').length;
  if (rotationLimit - used < keptForNeed) {
    await ctx.fail(
      'Rotation',
      `The key has used ${used} of its ${rotationLimit} on-demand rotations: the others are kept for a real need.`,
    );
    return;
  }
  const begun = await ctx.now();
  await ctx.change(
    { kind: 'rotate', target: key, words: 'Rotate the drill key on demand', lasting: false },
    ctx.home,
    new RotateKeyOnDemandCommand({ KeyId: key }),
  );
  await until(
    ctx,
    { everyMs: 5000, withinMs: 3_600_000, what: 'the rotation to be complete' },
    async () => {
      const status = await ctx.look(ctx.home, new GetKeyRotationStatusCommand({ KeyId: key }));
      return status.OnDemandRotationStartDate === undefined ? true : undefined;
    },
  );
  await ctx.measured('Rotation', begun);
  await proveOld(ctx, ctx.home, canary);
  // What is sealed from now on is what the next rotation makes old.
  await keepCanary(ctx, ctx.home, key, 'after rotation');

  for (const scoped of ctx.plan.scope.keys) {
    const [oldest] = ofKey(ctx, scoped).toReversed();
    if (oldest) await openScoped(ctx, oldest);
  }
}

async function proveOld(ctx: StepContext, place: Place, canary: Canary): Promise<void> {
  const begun = await ctx.now();
  const keyMaterialId = await openCanary(ctx, place, canary);
  await ctx.measured('Opening what was sealed before', begun);
  const after = await materials(ctx, place, canary.keyArn);
  const state = after.find((one) => one.KeyMaterialId === keyMaterialId)?.KeyMaterialState;
  if (keyMaterialId === undefined || state === undefined) {
    await ctx.cannotTell('Old material', 'AWS does not say which key material opened the canary.');
  } else if (state === 'NON_CURRENT' && keyMaterialId === canary.keyMaterialId) {
    await ctx.pass(
      'Old material',
      `The canary of ${canary.created} opened with the key material ${keyMaterialId}, which is not the current one (NON_CURRENT). The hash is equal.`,
    );
  } else {
    await ctx.fail(
      'Old material',
      `The canary opened with the key material ${keyMaterialId} (${state}): nothing older than the rotation was opened.`,
    );
  }
}

/** A canary of a key that production uses: it is opened, nothing is changed. */
async function openScoped(ctx: StepContext, canary: Canary): Promise<void> {
  const { key, keyArn, created } = canary;
  const keyMaterialId = await openCanary(ctx, ctx.there(key.region), canary);
  await ctx.pass(
    'Keys in scope',
    `${keyArn} opened its canary of ${created} with the key material ${keyMaterialId ?? 'not told'}.`,
  );
}

async function materials(
  ctx: StepContext,
  place: Place,
  key: string,
): Promise<RotationsListEntry[]> {
  const { Rotations } = await ctx.send(
    place,
    new ListKeyRotationsCommand({
      KeyId: key,
      IncludeKeyMaterial: 'ALL_KEY_MATERIAL',
      Limit: 1000,
    }),
    { resource: key },
  );
  return Rotations ?? [];
}
