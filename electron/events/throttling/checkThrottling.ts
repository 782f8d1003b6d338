import { evidenceOf } from '../../../shared/model/events/trail/finding';
import { eventQuerySchema } from '../../../shared/model/events/query';
import {
  judgeLogged,
  judgeUse,
  mostShare,
  type LoggedThrottling,
  type Measured,
} from '../../../shared/model/events/throttling/judgeUse';
import type { ThrottlingReport } from '../../../shared/model/events/throttling/report';
import { AppError } from '../../../shared/model/errors';
import { kmsQuotas } from '../../aws/quotas';
import { identityOf, timeOf } from '../../aws/tolerant';
import type { EventTableClient } from '../startTable';
import { createAsker, type Asker } from '../trailCheck/ask';
import type { TrailCheckOptions } from '../trailCheck/checkTrails';
import { askHours, askMinutes } from './askUsage';

const dayMs = 86_400_000;
/** CloudWatch keeps minutes for 15 days. */
const minutesKept = 15;
/** Minutes are asked for where one of them may have had so large a share of the quota. */
const worthMinutes = 0.01;

export interface ThrottlingOptions extends TrailCheckOptions {
  readonly table: Pick<EventTableClient, 'page' | 'coverage'>;
}

/**
 * How near KMS calls came to their request quotas in every chosen account and Region, by AWS/Usage, and
 * which throttled calls the stored events tell of. Two kinds of request a Region: the hours of every
 * quota, then the minutes of those that may have come near. Throws AppError `no-credentials` where
 * nothing is chosen, and `cancelled`.
 */
export async function checkThrottling(options: ThrottlingOptions): Promise<ThrottlingReport[]> {
  const chosen = await options.connections.chosen();
  const targets = chosen.flatMap(({ id, regions }) =>
    regions.map((region) => ({ connection: id, region })),
  );
  if (targets.length === 0) {
    throw new AppError('no-credentials', 'No account is chosen. Choose one under Accounts.');
  }
  let done = 0;
  const tell = () => options.progress({ done, expected: targets.length });
  tell();
  return Promise.all(
    targets.map(async (target) => {
      const report = await checkRegion(target, options);
      done += 1;
      tell();
      return report;
    }),
  );
}

async function checkRegion(
  { connection, region }: { readonly connection: string; readonly region: string },
  options: ThrottlingOptions,
): Promise<ThrottlingReport> {
  const { connections, signal, table } = options;
  const asker = createAsker(options, connection, signal);
  const now = (await timeOf(connections, connection)).getTime();
  // Whole days, as far back as every minute of them is kept.
  const from = (Math.floor(now / dayMs) - minutesKept + 1) * dayMs;
  const account = (await identityOf(options, connection))?.accountId;
  const { uses, evidence } = await measured(asker, region, { from, to: now });
  const logged = await loggedIn(table, { account, region }, from, signal);
  return {
    connection,
    ...(account !== undefined && { account }),
    region,
    asOf: new Date(now).toISOString(),
    from: new Date(from).toISOString(),
    uses: uses.map((one) => judgeUse(one, from, now)),
    logged: judgeLogged(logged, from, now),
    evidence,
  };
}

async function measured(
  asker: Asker,
  region: string,
  range: { readonly from: number; readonly to: number },
): Promise<{ uses: Measured[]; evidence: ThrottlingReport['evidence'] }> {
  const quotas = kmsQuotas(region);
  const hours = await askHours(asker, region, [...quotas.keys()], range);
  const facts = {
    time: `${new Date(range.from).toISOString()} to ${new Date(range.to).toISOString()}`,
  };
  const evidence = [
    evidenceOf(hours, (answer) => ({ ...facts, period: '3600 s', series: String(answer.size) })),
  ];
  if ('refused' in hours) {
    const { refused } = hours;
    const uses = [...quotas].map(([resource, defaultQuota]) => ({
      resource,
      defaultQuota,
      quota: undefined,
      hours: [],
      minutes: undefined,
      refused,
    }));
    return { uses, evidence };
  }
  const known = [...quotas].map(([resource, defaultQuota]) => {
    const perHour = hours.answer.get(`${resource} quota`)?.at(-1)?.[1];
    return {
      resource,
      defaultQuota,
      quota: perHour === undefined || perHour <= 0 ? undefined : perHour / 3600,
      hours: hours.answer.get(resource) ?? [],
    };
  });
  const near = known.filter(
    (one) => mostShare(one.hours, one.quota ?? one.defaultQuota) >= worthMinutes,
  );
  if (near.length === 0) {
    return { uses: known.map((one) => ({ ...one, minutes: undefined })), evidence };
  }
  const minutes = await askMinutes(
    asker,
    region,
    near.map(({ resource }) => resource),
    range,
  );
  evidence.push(
    evidenceOf(minutes, (answer) => ({ ...facts, period: '60 s', series: String(answer.size) })),
  );
  const uses = known.map((one): Measured => {
    if (!near.includes(one)) return { ...one, minutes: undefined };
    if ('refused' in minutes) return { ...one, minutes: undefined, refused: minutes.refused };
    return { ...one, minutes: minutes.answer.get(one.resource) ?? [] };
  });
  return { uses, evidence };
}

/** Throttled calls among the stored events of an account and Region. */
async function loggedIn(
  table: ThrottlingOptions['table'],
  { account, region }: { readonly account: string | undefined; readonly region: string },
  from: number,
  signal: AbortSignal,
): Promise<LoggedThrottling> {
  if (account === undefined) return { newest: undefined, count: 0, last: undefined, earlier: 0 };
  const { coverage } = await table.coverage(undefined, { signal });
  const here = coverage.find((one) => one.account === account && one.region === region);
  const since = new Date(from).toISOString();
  const filters = {
    account: [account],
    region: [region],
    source: ['kms.amazonaws.com'],
    outcome: ['throttled'],
  };
  const ask = (time: { since?: string }) =>
    table.page(
      { query: eventQuerySchema.parse({ filters, ...time }), offset: 0, limit: 1 },
      { signal },
    );
  const [recent, ever] = [await ask({ since }), await ask({})];
  return {
    newest: here?.newest,
    count: recent.total,
    last: ever.rows[0]?.at,
    earlier: ever.total - recent.total,
  };
}
