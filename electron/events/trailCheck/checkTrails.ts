import type { TrailReport } from '../../../shared/model/events/trailCheck';
import type {
  Asked,
  RegionEvidence,
  TrailFacts,
} from '../../../shared/model/events/trail/evidence';
import { judgeTrails } from '../../../shared/model/events/trail/judge';
import { AppError } from '../../../shared/model/errors';
import { identityOf, timeOf } from '../../aws/tolerant';
import type { AwsGateway, Connections } from '../../aws/types';
import { createAsker } from './ask';
import { askAlarms, askFilters, askSubscriptions } from './askAlarms';
import { askSelectors, askStatus, askTrails } from './askTrails';

export interface TrailCheckOptions {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly signal: AbortSignal;
  /** Regions that are through, of all. */
  readonly progress: (value: { done: number; expected: number }) => void;
}

/**
 * Asks every chosen account and Region whether its log can be trusted, and whether somebody hears of
 * what matters: one report a Region. What AWS refuses becomes "cannot tell" where it is missing. Throws
 * AppError `no-credentials` where nothing is chosen, and `cancelled`.
 */
export async function checkTrails(options: TrailCheckOptions): Promise<TrailReport[]> {
  const chosen = await options.connections.chosen();
  const expected = chosen.reduce((sum, { regions }) => sum + regions.length, 0);
  if (expected === 0) {
    throw new AppError('no-credentials', 'No account is chosen. Choose one under Accounts.');
  }
  let done = 0;
  const tell = () => options.progress({ done, expected });
  tell();
  const reports = await Promise.all(
    chosen.map(async ({ id, regions }) => {
      const region = regionChecker(id, options);
      return Promise.all(
        regions.map(async (name) => {
          const report = await region(name);
          done += 1;
          tell();
          return report;
        }),
      );
    }),
  );
  return reports.flat();
}

/** Asks the Regions of one connection; what several of them need is asked once. */
function regionChecker(connection: string, options: TrailCheckOptions) {
  const { connections, signal } = options;
  const asker = createAsker(options, connection, signal);
  const account = identityOf(options, connection).then((one) => one?.accountId);
  account.catch(() => {}); // whoever awaits it hears of it; a cancelled check may end before
  const selectors = once((arn: string, home: string) => askSelectors(asker, home, arn));
  const filters = once(async (arn: string) => askFilters(asker, arn, await account));
  const alarms = once((region: string) => askAlarms(asker, region));
  const subscriptions = once((topic: string) => askSubscriptions(asker, topic));

  return async (region: string): Promise<TrailReport> => {
    const trails = await askTrails(asker, region);
    const answered: readonly TrailFacts[] = 'answer' in trails ? trails.answer : [];
    const details = answered.map(async ({ arn, homeRegion = region }) => {
      const asked = [askStatus(asker, region, arn), selectors(arn, homeRegion)] as const;
      const [status, selected] = await Promise.all(asked);
      return [arn, { status, selectors: selected }] as const;
    });
    const groups = [...new Set(answered.flatMap(({ logGroupArn }) => logGroupArn ?? []))];
    const places = [...new Set([region, ...groups.map((arn) => arn.split(':')[3] ?? '')])];
    const [knownDetails, knownFilters, knownAlarms] = await Promise.all([
      Promise.all(details),
      byName(groups, filters),
      // Without the list of trails nothing can be judged: nobody is asked in vain.
      byName('answer' in trails ? places : [], alarms),
    ]);
    const at = await timeOf(connections, connection);
    const evidence: RegionEvidence = {
      region,
      account: await account,
      now: at.getTime(),
      trails,
      details: new Map(knownDetails),
      filters: knownFilters,
      alarms: knownAlarms,
      subscriptions: await byName(topicsOf(knownFilters, knownAlarms), subscriptions),
    };
    return {
      connection,
      ...(evidence.account !== undefined && { account: evidence.account }),
      region,
      asOf: at.toISOString(),
      checks: judgeTrails(evidence),
    };
  };
}

/** The topics that alarms on what the filters count, or on request quotas, tell. */
function topicsOf(
  filters: RegionEvidence['filters'],
  alarms: RegionEvidence['alarms'],
): readonly string[] {
  const answers = [...filters.values()].flatMap((asked) => ('answer' in asked ? asked.answer : []));
  const counted = new Set(
    answers.flatMap(({ metrics }) => metrics.map(({ namespace, name }) => `${namespace} ${name}`)),
  ).add('AWS/Usage CallCount');
  const topics = [...alarms.values()]
    .flatMap((asked) => ('answer' in asked ? asked.answer.metric : []))
    .filter(({ metrics }) =>
      metrics.some(({ namespace, name }) => counted.has(`${namespace} ${name}`)),
    )
    .flatMap(({ actions }) => actions)
    .filter((action) => /^arn:[\w-]+:sns:/.test(action));
  return [...new Set(topics)];
}

function once<A extends string[], T>(
  ask: (name: string, ...more: A) => Promise<Asked<T>>,
): (name: string, ...more: A) => Promise<Asked<T>> {
  const asked = new Map<string, Promise<Asked<T>>>();
  return (name, ...more) => {
    let answer = asked.get(name);
    if (!answer) asked.set(name, (answer = ask(name, ...more)));
    return answer;
  };
}

async function byName<T>(
  names: readonly string[],
  ask: (name: string) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  return new Map(await Promise.all(names.map(async (name) => [name, await ask(name)] as const)));
}
