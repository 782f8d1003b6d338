import type { StepKind } from '../../../../shared/model/drills/stepKinds';
import { AppError } from '../../../../shared/model/errors';
import type { StepContext } from '../../run/stepContext';
import { keepCanary } from '../canary';
import { importedKey } from './importedKey';
import { createDrillKey, drillKeyPolicy } from './createKey';
import { multiRegionKey } from './multiRegionKey';
import { sampleObject } from './sampleObject';
import { scopeCanaries } from './scopeCanaries';

/** Makes what the drill's other steps need: its keys, their canaries, one sealed object. */
export async function prepare(ctx: StepContext): Promise<void> {
  const { plan } = ctx;
  const kinds = new Set<StepKind>(plan.steps.map(({ kind }) => kind));
  const anyOf = (...wanted: StepKind[]) => wanted.some((kind) => kinds.has(kind));
  const { backup } = plan.identities;
  const other = backup === undefined ? undefined : await ctx.identity(backup);
  if (other && other.account === ctx.home.caller.account) {
    throw new AppError(
      'bad-request',
      `The backup account’s connection leads into the same account ${other.account}: nothing would be shown. Name a connection to another account.`,
    );
  }
  const policy = drillKeyPolicy(ctx.home.caller, other?.account);

  const ordinary = anyOf(
    'break-glass',
    'old-ciphertext',
    'backup-account',
    'disable-enable',
    'deletion-rehearsal',
    'restore-object',
  );
  if (ordinary) {
    const key = await createDrillKey(ctx, 'ordinary', { Policy: policy });
    await keepCanary(ctx, ctx.home, key, 'ordinary');
    await ctx.pass('Drill key', `Made the drill key ${key} and sealed a canary under it.`);
  }
  if (anyOf('replica')) await multiRegionKey(ctx, policy);
  if (anyOf('imported-material')) await importedKey(ctx, policy);
  const named = plan.restore ?? plan.restoreFile;
  if (anyOf('restore-object') && named === undefined) await sampleObject(ctx);
  await scopeCanaries(ctx);
}
