import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { AppError } from '../../../shared/model/errors';
import type { Caller } from '../run/identities';
import type { StepContext } from '../run/stepContext';
import { canaryNamed, isRefused, openCanary } from './canary';

/** AWS spells a denial in two ways. */
const denials = ['AccessDenied', 'AccessDeniedException'];

/** The usual identity is refused, the emergency role without a code too; with a code it opens the canary. */
export async function breakGlass(ctx: StepContext): Promise<void> {
  const { usual: usualName = '', breakGlassRole: role = '', mfaSerial } = ctx.plan.identities;
  const { mfaCode } = ctx.inputs;
  if (mfaCode === undefined) {
    throw new AppError('mfa-required', 'Breaking glass needs an MFA code: bring the device.');
  }
  const begun = await ctx.now();
  const usual = await ctx.identity(usualName);
  const canary = canaryNamed(ctx, 'ordinary');
  const refused = await isRefused(ctx, ctx.as(usual), canary, denials);
  if (refused !== undefined)
    await ctx.pass('Usual identity', `${usual.arn} may not decrypt, as it should be.`);
  else {
    await ctx.fail(
      'Usual identity',
      `${usual.arn} can decrypt without breaking glass: take kms:Decrypt away from it.`,
    );
  }

  if (await assume(ctx, usual, role, {})) {
    await ctx.fail(
      'Without a code',
      `The role ${role} can be taken without an MFA code: its trust policy must ask for aws:MultiFactorAuthPresent.`,
    );
  } else {
    await ctx.pass('Without a code', `The role ${role} is refused without an MFA code.`);
  }

  const taken = await assume(ctx, usual, role, { SerialNumber: mfaSerial, TokenCode: mfaCode });
  if (!taken) {
    await ctx.fail(
      'With a code',
      `The role ${role} is refused with an MFA code too: its trust policy must name ${usual.arn}.`,
    );
    return;
  }
  const emergency = await ctx.lent(usual, 'the emergency role', taken);
  const keyMaterialId = await openCanary(ctx, ctx.as(emergency), canary);
  const seconds = await ctx.measured('Time to access', begun);
  await ctx.pass(
    'With a code',
    `${emergency.arn} opened the canary (key material ${keyMaterialId ?? 'not told'}) after ${Math.round(seconds)} s.`,
  );
}

/** The credentials of the role, or undefined where AWS denies them. */
async function assume(
  ctx: StepContext,
  usual: Caller,
  role: string,
  mfa: { SerialNumber?: string | undefined; TokenCode?: string },
): Promise<object | undefined> {
  const command = new AssumeRoleCommand({
    RoleArn: role,
    RoleSessionName: ctx.drill().id,
    DurationSeconds: 900,
    ...mfa,
  });
  try {
    const { Credentials } = await ctx.send(ctx.as(usual), command, { resource: role });
    return Credentials ?? {};
  } catch (error) {
    if (error instanceof AppError && error.code === 'denied') return undefined;
    throw error;
  }
}
