import { AppError } from '../../../../shared/model/errors';
import type { StepContext } from '../../run/stepContext';
import { ofKey } from '../canary';

/** Every key in scope has a canary, so that later drills have something old to open. */
export async function scopeCanaries(ctx: StepContext): Promise<void> {
  const { keys, connection } = ctx.plan.scope;
  let made = 0;
  for (const key of keys) {
    if (key.connection !== connection || ofKey(ctx, key).length > 0) continue;
    try {
      await ctx.canaries(ctx.home.caller).make(key, 'Of a key in a drill’s scope', ctx.signal);
      made += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
      await ctx.cannotTell(
        'Canaries of the keys in scope',
        `No canary for ${key.keyId}: ${error.message}`,
      );
    }
  }
  if (made > 0) {
    await ctx.pass(
      'Canaries of the keys in scope',
      `Sealed ${made} canaries for keys without one.`,
    );
  }
}
