import { AppError } from '../../../shared/model/errors';
import type { StepContext } from './stepContext';

/** Asks again and again until there is an answer; by the account’s clock. Throws AppError `timeout`. */
export async function until<T>(
  ctx: Pick<StepContext, 'wait' | 'now'>,
  { everyMs, withinMs, what }: { everyMs: number; withinMs: number; what: string },
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const begun = Date.parse(await ctx.now());
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.parse(await ctx.now()) - begun >= withinMs) {
      const minutes = Math.round(withinMs / 60_000);
      throw new AppError('timeout', `Waited ${minutes} minutes for ${what}, in vain.`);
    }
    await ctx.wait(everyMs);
  }
}
