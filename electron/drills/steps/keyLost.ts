import type { StepContext } from '../run/stepContext';
import { until } from '../run/until';
import type { Canary } from '../../../shared/model/envelope/canary';
import { isRefused } from './canary';

/** KMS is eventually consistent: a key may work for some minutes after it was disabled. */
const settleMs = 300_000;

/** Waits until Decrypt is refused with one of these codes, and says so. */
export async function seeItFail(
  ctx: StepContext,
  canary: Canary,
  codes: readonly string[],
): Promise<void> {
  const code = await until(
    ctx,
    { everyMs: 5000, withinMs: settleMs, what: 'Decrypt to be refused' },
    () => isRefused(ctx, ctx.home, canary, codes),
  );
  await ctx.pass('Decrypt fails', `Decrypt is refused (${code}), as it should be.`);
}

/** Opens the canary again; the first attempts may come too early. */
export async function seeItOpen(ctx: StepContext, canary: Canary): Promise<void> {
  await until(
    ctx,
    { everyMs: 5000, withinMs: settleMs, what: 'the key to work again' },
    async () => {
      const refused = await isRefused(ctx, ctx.home, canary, [
        'DisabledException',
        'KMSInvalidStateException',
      ]);
      return refused === undefined ? true : undefined;
    },
  );
  await ctx.pass('Decrypt works again', 'The canary opens again; its hash is equal.');
}
