import { massRestoreSeconds } from '../../../shared/model/drills/massRestore';
import { AppError } from '../../../shared/model/errors';
import type { StepContext } from '../run/stepContext';
import { restoreQuota } from './restoreQuota';

/** Hours to open the whole estate again at the request quota, against the objective. */
export async function massRestore(ctx: StepContext): Promise<void> {
  const { massRestore: wanted, rtoMinutes, scope } = ctx.plan;
  if (!wanted)
    throw new AppError('bad-request', 'The plan does not say how many data keys there are.');
  const { perSecond, assumed } = await restoreQuota(ctx);
  const { dataKeys, quotaPercent, what = 'the estate', withinHours } = wanted;
  const limit = withinHours === undefined ? rtoMinutes * 60 : withinHours * 3600;
  const seconds = massRestoreSeconds(dataKeys, perSecond, quotaPercent);
  ctx.write({
    kind: 'measured',
    at: await ctx.now(),
    step: ctx.step.id,
    what: 'Opening every data key (worked out)',
    seconds,
  });
  const whose = assumed === undefined ? 'the account’s own' : 'AWS’s default';
  const sum = `${dataKeys.toLocaleString('en')} data keys of ${what} at ${quotaPercent} % of the quota of ${perSecond.toLocaleString('en')} Decrypt a second in ${scope.region} (${whose}) take ${hours(seconds)}`;
  const objective = hours(limit);
  if (assumed !== undefined) {
    await ctx.cannotTell(
      'Mass restore',
      `${sum}; the objective is ${objective}. The account’s own quota may be another: ${assumed}`,
    );
  } else if (seconds <= limit) {
    await ctx.pass('Mass restore', `${sum}; the objective is ${objective}.`);
  } else {
    await ctx.fail(
      'Mass restore',
      `${sum}, longer than the objective of ${objective}. Ask AWS for a higher quota, use fewer data keys (S3 Bucket Keys), or spread the estate over Regions.`,
    );
  }
}

function hours(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} minutes`;
  return `${(seconds / 3600).toFixed(1)} hours`;
}
