import { AppError } from '../../../shared/model/errors';
import type { StepContext } from '../run/stepContext';
import { canaryNamed, openCanary } from './canary';

/** Opens a canary with the credentials of the backup account. */
export async function backupAccount(ctx: StepContext): Promise<void> {
  const backup = await ctx.identity(ctx.plan.identities.backup ?? '');
  if (backup.account === ctx.home.caller.account) {
    await ctx.fail(
      'Another account',
      `The backup account’s connection leads into the same account ${backup.account}: nothing is shown. Name a connection to another account in the plan.`,
    );
    return;
  }
  const begun = await ctx.now();
  try {
    const keyMaterialId = await openCanary(ctx, ctx.as(backup), canaryNamed(ctx, 'ordinary'));
    await ctx.measured('Decrypt from the backup account', begun);
    await ctx.pass(
      'Decrypt from the backup account',
      `${backup.arn} of account ${backup.account} opened the canary (key material ${keyMaterialId ?? 'not told'}).`,
    );
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'denied') throw error;
    await ctx.fail(
      'Decrypt from the backup account',
      `${error.message} Across accounts both sides must allow: the key’s policy, and a policy of that identity; an organisation’s SCP or RCP can forbid it too.`,
    );
  }
}
