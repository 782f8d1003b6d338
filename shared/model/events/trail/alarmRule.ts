import type { Verdict } from '../../verdict';
import type { AlarmKind, WatchedEvent } from './alarmKinds';
import type { AlarmFacts, MetricFacts, RegionEvidence } from './evidence';
import { matchesPattern } from './filterPattern';
import { cannotTell, evidenceOf, fail, pass, type Finding } from './finding';
import type { JudgedTrail } from './judgedTrail';
import { alarmReach, best, lost, metricReach, unknown, type Reach } from './reach';
import { recordsKms } from './recording';

/**
 * Does the news of something reach somebody? From the trail to its log group, through a metric filter
 * that matches, to an alarm that watches the filter's metric and tells a topic with a confirmed
 * subscription. Every needed event must come through. What EventBridge or another tool tells is not
 * seen.
 * @param trails those that are not known to be off
 */
export function alarmRule(
  kind: AlarmKind,
  trails: readonly JudgedTrail[],
  evidence: RegionEvidence,
): Finding {
  const usage = kind.usage ? usageReach(evidence) : undefined;
  const reachOf = (watched: WatchedEvent) => {
    const event = eventReach(watched, trails, evidence, kind.once);
    return usage ? best([usage, event], event.kind === 'lost' ? event.why : '') : event;
  };
  return {
    verdict: verdictOf(kind, kind.needs.map(reachOf), unheard(kind, reachOf), usage),
    evidence: evidenceFor(kind, trails, evidence),
  };
}

function verdictOf(
  kind: AlarmKind,
  reaches: readonly Reach[],
  also: string,
  usage: Reach | undefined,
): Verdict {
  const whys = reaches.flatMap((reach) => (reach.kind === 'lost' ? reach.why : []));
  if (whys.length > 0) {
    return fail(
      `${[...new Set(whys)].join(' ')} What EventBridge or other tools tell is not seen here.`,
      `Let a metric filter of the trail's log group, an alarm on its metric and a confirmed subscription of the alarm's topic tell somebody. A pattern that does: ${kind.pattern}`,
    );
  }
  const unsure = reaches.find((reach) => reach.kind === 'unknown');
  if (unsure) return cannotTell({ message: unsure.why, permission: unsure.permission });
  const ways = reaches.flatMap((reach) => (reach.kind === 'heard' ? reach.by : []));
  const remark =
    usage && usage.kind !== 'heard'
      ? ' CloudTrail logs throttled calls only at times: an alarm on AWS/Usage is surer.'
      : '';
  return pass(`It is heard by ${[...new Set(ways)].join(' and ')}.${also}${remark}`);
}

function unheard({ also }: AlarmKind, reachOf: (watched: WatchedEvent) => Reach): string {
  const names = also
    .filter((watched) => reachOf(watched).kind !== 'heard')
    .map(({ words }) => words);
  return names.length === 0 ? '' : ` Nobody is known to hear of ${names.join(', ')}.`;
}

function eventReach(
  watched: WatchedEvent,
  trails: readonly JudgedTrail[],
  evidence: RegionEvidence,
  once: boolean,
): Reach {
  const ways = trails.map((trail) => trailReach(watched, trail, evidence, once));
  return best(ways, 'No trail that is on here sends its events to CloudWatch Logs.');
}

function trailReach(
  { words, event }: WatchedEvent,
  trail: JudgedTrail,
  evidence: RegionEvidence,
  once: boolean,
): Reach {
  const { facts, status } = trail;
  const arn = facts.logGroupArn;
  if (arn === undefined) return lost(0, '');
  const recorded = recordsKms(trail);
  if (recorded.holds === false) return lost(0.2, recorded.why);
  if ('answer' in status && status.answer.logGroupError !== undefined) {
    return lost(
      0.4,
      `${facts.name} cannot write to its log group: ${status.answer.logGroupError}.`,
    );
  }
  const filters = evidence.filters.get(arn);
  if (!filters) return { kind: 'unknown', why: `The log group ${arn} was not asked about.` };
  if ('refused' in filters) return unknown(filters.refused);
  const known = { ...event, awsRegion: evidence.region };
  const reach = best(
    filters.answer.flatMap(({ name, pattern, metrics }) => {
      const matches = matchesPattern(pattern, known);
      if (matches === false) return [];
      const ways = metrics.map((metric) => metricReach(evidence, regionOf(arn), metric, once));
      const way = best(ways, `The metric filter ${name} counts nothing.`);
      if (matches === true || way.kind !== 'heard') return [way];
      const why = `Whether the metric filter ${name} matches ${words} cannot be told from its pattern.`;
      return [{ kind: 'unknown', why } as const];
    }),
    '',
  );
  if (reach.kind === 'lost' && reach.stage === 0) {
    return lost(0.6, `No metric filter of the log group ${groupName(arn)} matches ${words}.`);
  }
  if (reach.kind === 'heard' && recorded.holds === undefined) {
    return { kind: 'unknown', why: recorded.why, permission: recorded.permission };
  }
  return reach;
}

/** The Region's own alarm on the symmetric request quota (KMS developer guide, "Monitoring"). */
function usageReach(evidence: RegionEvidence): Reach {
  const { region } = evidence;
  const alarms = evidence.alarms.get(region);
  if (!alarms) return { kind: 'unknown', why: `The alarms of ${region} were not asked for.` };
  if ('refused' in alarms) return unknown(alarms.refused);
  return best(
    alarms.answer.metric
      .filter(({ metrics }) => metrics.some(isQuota))
      .map((alarm) => alarmReach(evidence, alarm)),
    `No alarm in ${region} watches the request quota.`,
  );
}

function isQuota({ namespace, name, dimensions }: MetricFacts): boolean {
  return (
    namespace === 'AWS/Usage' &&
    name === 'CallCount' &&
    dimensions['Service'] === 'KMS' &&
    dimensions['Resource'] === 'CryptographicOperationsSymmetric'
  );
}

/** What was asked on the way, shortened to what this kind is about. */
function evidenceFor(
  kind: AlarmKind,
  trails: readonly JudgedTrail[],
  { region, filters, alarms, subscriptions }: RegionEvidence,
): Finding['evidence'] {
  const groups = [...new Set(trails.flatMap(({ facts }) => facts.logGroupArn ?? []))];
  const counted: MetricFacts[] = [];
  const found: Finding['evidence'] = groups.flatMap((arn) => {
    const asked = filters.get(arn);
    if (!asked) return [];
    const of = (watched: WatchedEvent, pattern: string) =>
      matchesPattern(pattern, { ...watched.event, awsRegion: region }) !== false;
    return evidenceOf(asked, (answer) => {
      const matching = answer.filter(({ pattern }) =>
        [...kind.needs, ...kind.also].some((watched) => of(watched, pattern)),
      );
      counted.push(...matching.flatMap(({ metrics }) => metrics));
      const list = matching.map(({ name, pattern }) => `${name}: ${pattern}`).join('\n');
      return { logGroup: arn, matchingFilters: list.slice(0, 2000) || 'none' };
    });
  });
  const isWatching = ({ metrics }: AlarmFacts) =>
    metrics.some(
      (metric) =>
        (kind.usage && isQuota(metric)) ||
        counted.some((one) => one.namespace === metric.namespace && one.name === metric.name),
    );
  const topics = new Set<string>();
  for (const there of new Set([...groups.map(regionOf), ...(kind.usage ? [region] : [])])) {
    const asked = alarms.get(there);
    if (!asked) continue;
    const told = evidenceOf(asked, ({ metric }) => {
      const watching = metric.filter(isWatching);
      for (const { actions } of watching) for (const action of actions) topics.add(action);
      return { alarms: watching.map(describe).join('\n').slice(0, 2000) || 'none' };
    });
    found.push(told);
  }
  for (const topic of topics) {
    const asked = subscriptions.get(topic);
    if (!asked) continue;
    found.push(
      evidenceOf(asked, ({ confirmed, waiting }) => ({
        topic,
        confirmed: String(confirmed),
        waitingForConfirmation: String(waiting),
      })),
    );
  }
  return found;
}

function describe({ name, comparison, threshold, actionsEnabled }: AlarmFacts): string {
  const muted = actionsEnabled === false ? ', actions switched off' : '';
  return `${name}: ${comparison ?? '?'} ${threshold ?? '?'}${muted}`;
}

/** `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*` */
function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}

function groupName(arn: string): string {
  return arn.split(':')[6] ?? arn;
}
