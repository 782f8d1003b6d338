import type { AlarmFacts, MetricFacts, RegionEvidence } from './evidence';

/** How far the news of something comes; the further, the nearer to somebody. */
export type Reach =
  | { readonly kind: 'heard'; readonly by: string }
  | {
      readonly kind: 'unknown';
      readonly why: string;
      readonly permission?: string | undefined;
    }
  | { readonly kind: 'lost'; readonly stage: number; readonly why: string };

/** The best of several ways: one that is heard, else one that may be, else the one that comes furthest. */
export function best(ways: readonly Reach[], otherwise: string): Reach {
  let furthest: Reach = { kind: 'lost', stage: 0, why: otherwise };
  for (const way of ways) if (rank(way) > rank(furthest)) furthest = way;
  return furthest;
}

/**
 * Who hears of a metric that grows, by the alarms of its Region.
 * @param once whether the first event must be heard of by itself
 */
export function metricReach(
  evidence: RegionEvidence,
  region: string,
  metric: MetricFacts,
  once: boolean,
): Reach {
  const alarms = evidence.alarms.get(region);
  if (!alarms) return { kind: 'unknown', why: `The alarms of ${region} were not asked for.` };
  if ('refused' in alarms) return unknown(alarms.refused);
  const name = `${metric.namespace} ${metric.name}`;
  return best(
    alarms.answer.metric.flatMap((alarm) => {
      const watched = alarm.metrics.find(
        (one) => one.namespace === metric.namespace && one.name === metric.name,
      );
      if (!watched) return [];
      const reach =
        sameData(watched, metric, alarm.name) ??
        (once ? missesTheFirst(alarm) : undefined) ??
        alarmReach(evidence, alarm);
      const above = alarms.answer.composite.find(({ rule }) => mentions(rule, alarm.name));
      if (reach.kind === 'heard' || !above) return [reach];
      const why = `${reach.why} The composite alarm ${above.name} names it; who hears of that is not judged here.`;
      return [{ kind: 'unknown', why } as const];
    }),
    `No alarm in ${region} watches the metric ${name}.`,
  );
}

/** Who hears of an alarm that goes off. */
export function alarmReach({ subscriptions }: RegionEvidence, alarm: AlarmFacts): Reach {
  const { name, actions, actionsEnabled, comparison, threshold, metrics, formula } = alarm;
  if (comparison === undefined) {
    return { kind: 'unknown', why: `AWS does not say when the alarm ${name} goes off.` };
  }
  if (!comparison.includes('Greater')) {
    return lost(1, `The alarm ${name} goes off when there is too little, not too much.`);
  }
  // AWS's own formula for quotas grows with its metric; what others make of theirs is not read.
  if (metrics.length > 1 || (formula !== undefined && !quotaShare.test(formula))) {
    return { kind: 'unknown', why: `The alarm ${name} watches a formula, which is not read here.` };
  }
  if (formula !== undefined && (threshold ?? 0) > 100) {
    return lost(1, `The alarm ${name} waits for more than the whole quota: ${threshold} percent.`);
  }
  const from = threshold !== undefined && threshold > 1 ? ` from ${threshold} on` : '';
  if (actionsEnabled === undefined) {
    return { kind: 'unknown', why: `AWS does not say whether the alarm ${name} is muted.` };
  }
  if (!actionsEnabled) return lost(2, `The actions of the alarm ${name} are switched off.`);
  return best(
    actions.map((action): Reach => {
      const told = subscriptions.get(action);
      const topic = action.split(':').at(-1) ?? action;
      if (!told) {
        const why = `The alarm ${name} calls ${action}; whether that tells somebody is not seen here.`;
        return { kind: 'unknown', why };
      }
      if ('refused' in told) return unknown(told.refused);
      const { confirmed, waiting } = told.answer;
      if (confirmed > 0) return { kind: 'heard', by: `alarm ${name}${from}, topic ${topic}` };
      const wait = waiting > 0 ? `; ${waiting} wait to be confirmed` : '';
      return lost(
        3,
        `The alarm ${name} tells the topic ${topic}, which has no confirmed subscription${wait}.`,
      );
    }),
    `The alarm ${name} goes off and tells nobody: it has no action.`,
  );
}

/** Why an alarm may stay silent at the first event; undefined where it goes off. */
function missesTheFirst({ name, comparison = '', threshold, datapoints }: AlarmFacts) {
  if (!comparison.includes('Greater')) return undefined;
  if (threshold === undefined || datapoints === undefined) {
    return {
      kind: 'unknown',
      why: `AWS does not say at how many events the alarm ${name} goes off.`,
    } as const;
  }
  if (comparison.includes('OrEqual') ? threshold > 1 : threshold >= 1) {
    return lost(
      1,
      `The alarm ${name} stays silent at the first event: it waits for ${comparison} ${threshold}.`,
    );
  }
  if (datapoints > 1) {
    const why = `The alarm ${name} goes off after ${datapoints} periods; whether one event is enough is not told by that.`;
    return { kind: 'unknown', why } as const;
  }
  return undefined;
}

export function unknown(refused: { message: string; permission?: string | undefined }): Reach {
  return { kind: 'unknown', why: refused.message, permission: refused.permission };
}

export function lost(stage: number, why: string): Reach {
  return { kind: 'lost', stage, why };
}

const quotaShare = /^\(?\s*(\w+)\s*\/\s*SERVICE_QUOTA\(\1\)\s*\)?\s*\*\s*100$/;

function rank(reach: Reach): number {
  if (reach.kind === 'heard') return 10;
  return reach.kind === 'unknown' ? 9 : reach.stage;
}

/** Why an alarm on a filter's metric may not see what the filter counts; undefined where it does. */
function sameData(watched: MetricFacts, filter: MetricFacts, alarm: string): Reach | undefined {
  const split = Object.keys(filter.dimensions).length > 0;
  const picks = Object.keys(watched.dimensions).length > 0;
  if (split) {
    const why = `The metric ${filter.name} is split by dimensions; whether the alarm ${alarm} sees all of it is not judged here.`;
    return { kind: 'unknown', why };
  }
  return picks
    ? lost(1, `The alarm ${alarm} watches dimensions that the metric ${filter.name} does not have.`)
    : undefined;
}

/** `ALARM("name")`, `ALARM(name)` or by ARN. */
function mentions(rule: string, name: string): boolean {
  return [`"${name}"`, `(${name})`, `:${name}"`, `:${name})`].some((form) => rule.includes(form));
}
