import { DescribeTrailsCommand, type Trail } from '@aws-sdk/client-cloudtrail';
import { AppError } from '../../../shared/model/errors';
import type { DigestReport } from '../../../shared/model/events/digestReport';
import { isPractice } from '../run/identities';
import type { StepContext } from '../run/stepContext';

/** A digest closes an hour and comes some minutes after it. */
const digestMs = 75 * 60_000;

/** Proves the log files of the drill's time by the digests that CloudTrail signed. */
export async function proveLog(ctx: StepContext): Promise<void> {
  const what = 'Log files';
  const trail = await provableTrail(ctx);
  if (!trail) {
    await ctx.cannotTell(
      what,
      'No trail with log file validation covers this Region: that the log was not changed cannot be proven.',
    );
    return;
  }
  // Nobody waits an hour for the practice account.
  if (isPractice(ctx.plan.scope.connection)) await ctx.wait(digestMs);
  const { S3BucketName, S3KeyPrefix, HomeRegion = ctx.home.region, Name } = trail;
  const uri = `s3://${S3BucketName}${S3KeyPrefix ? `/${S3KeyPrefix}` : ''}`;
  const last = lastCall(ctx);
  const report = await validated(ctx, { region: HomeRegion, uri }, last);
  await ctx.evidence('digests.json', JSON.stringify(report, null, 2));
  const covered = coveredUntil(report, ctx.home.region);
  const { value, reason } = report.verdict;
  if (value === 'fail') {
    await ctx.fail(what, `${Name}: ${reason}`);
  } else if (value !== 'pass') {
    await ctx.cannotTell(what, `${Name}: ${reason}`);
  } else if (covered === undefined || (last !== undefined && covered < last)) {
    await ctx.cannotTell(
      what,
      `${Name}: the digests reach until ${covered ?? 'no time'}, the drill’s last call was at ${last}. A digest comes every hour: do this step again then.`,
    );
  } else await ctx.pass(what, `${Name}: ${reason}`);
}

/** The practice account delivers in its own time after its clock has jumped: so often it is looked. */
const practiceLooks = 12;

async function validated(
  ctx: StepContext,
  place: { region: string; uri: string },
  last: string | undefined,
): Promise<DigestReport> {
  const { connection } = ctx.plan.scope;
  const since = new Date(Date.parse(ctx.drill().startedAt) - 3_600_000).toISOString();
  for (let look = 1; ; look += 1) {
    const report = await ctx.neighbours.validateTrail(
      { ...place, connection, since, until: await ctx.now() },
      { signal: ctx.signal, progress: () => {} },
    );
    const covered = coveredUntil(report, ctx.home.region) ?? '';
    if (!isPractice(connection) || look >= practiceLooks || covered >= (last ?? '')) return report;
  }
}

/** When the last call of the drill’s own account and Region was answered. */
function lastCall(ctx: StepContext): string | undefined {
  const { caller, region: home } = ctx.home;
  return ctx
    .drill()
    .steps.flatMap(({ calls }) => calls)
    .filter(({ region, account }) => region === home && account === caller.account)
    .map(({ answeredAt }) => answeredAt)
    .sort()
    .at(-1);
}

async function provableTrail(ctx: StepContext): Promise<Trail | undefined> {
  try {
    const { trailList } = await ctx.look(ctx.home, new DescribeTrailsCommand({}));
    return trailList?.find(
      ({ LogFileValidationEnabled, S3BucketName }) => LogFileValidationEnabled && S3BucketName,
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'denied') {
      await ctx.cannotTell('Log files', error.message);
      return undefined;
    }
    throw error;
  }
}

/** Until when the Region's digests say something. */
function coveredUntil(report: DigestReport, region: string): string | undefined {
  return report.chains
    .flatMap((chain) => (chain.region === region ? (chain.to ?? []) : []))
    .sort()
    .at(-1);
}
