import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import type {
  AlarmFacts,
  AlarmsFacts,
  Asked,
  MetricFacts,
  MetricFilterFacts,
  SubscriptionFacts,
} from '../../../shared/model/events/trail/evidence';
import { AppError } from '../../../shared/model/errors';
import type { Asker } from './ask';

/** No list here is longer; a list that goes on beyond leads in a circle. */
const mostPages = 1000;

/** The metric filters of a log group, `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`. */
export function askFilters(
  { ask }: Asker,
  arn: string,
  account: string | undefined,
): Promise<Asked<MetricFilterFacts[]>> {
  const [, , , region = '', owner, , name = ''] = arn.split(':');
  return ask('logs:DescribeMetricFilters', region, async (send) => {
    if (account !== undefined && owner !== account) {
      // This account may have a log group of the same name: its filters would be taken for the other's.
      throw new AppError(
        'unsupported',
        `The log group ${name} belongs to the account ${owner}: ask there with logs:DescribeMetricFilters.`,
      );
    }
    const found: MetricFilterFacts[] = [];
    await everyPage('logs:DescribeMetricFilters', async (nextToken) => {
      const page = await send(new DescribeMetricFiltersCommand({ logGroupName: name, nextToken }));
      for (const { filterName = '', filterPattern, metricTransformations } of page.metricFilters ??
        []) {
        if (filterPattern === undefined) {
          throw new AppError('bad-response', `The metric filter ${filterName} has no pattern.`);
        }
        const metrics = (metricTransformations ?? []).map((metric) => ({
          namespace: metric.metricNamespace ?? '',
          name: metric.metricName ?? '',
          dimensions: metric.dimensions ?? {},
        }));
        found.push({ name: filterName, pattern: filterPattern, metrics });
      }
      return page.nextToken;
    });
    return found;
  });
}

/** All alarms of a Region. */
export function askAlarms({ ask }: Asker, region: string): Promise<Asked<AlarmsFacts>> {
  return ask('cloudwatch:DescribeAlarms', region, async (send) => {
    const metric: AlarmFacts[] = [];
    const composite: { name: string; rule: string }[] = [];
    await everyPage('cloudwatch:DescribeAlarms', async (NextToken) => {
      const page = await send(
        new DescribeAlarmsCommand({
          AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
          MaxRecords: 100,
          NextToken,
        }),
      );
      metric.push(...(page.MetricAlarms ?? []).map(alarmFacts));
      for (const { AlarmName = '', AlarmRule = '' } of page.CompositeAlarms ?? []) {
        composite.push({ name: AlarmName, rule: AlarmRule });
      }
      return page.NextToken;
    });
    return { metric, composite };
  });
}

/** Who is subscribed to a topic, `arn:aws:sns:REGION:ACCOUNT:NAME`. */
export function askSubscriptions({ ask }: Asker, topic: string): Promise<Asked<SubscriptionFacts>> {
  const region = topic.split(':')[3] ?? '';
  return ask('sns:ListSubscriptionsByTopic', region, async (send) => {
    let confirmed = 0;
    let waiting = 0;
    await everyPage('sns:ListSubscriptionsByTopic', async (NextToken) => {
      const page = await send(new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken }));
      for (const { SubscriptionArn = '' } of page.Subscriptions ?? []) {
        if (SubscriptionArn.startsWith('arn:')) confirmed += 1;
        else if (SubscriptionArn === 'PendingConfirmation') waiting += 1;
      }
      return page.NextToken;
    });
    return { confirmed, waiting };
  });
}

async function everyPage(
  operation: string,
  ask: (token: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    token = await ask(token);
    if (token === undefined || token === '') return;
  }
  throw new AppError('bad-response', `${operation} does not say where its list ends.`);
}

function alarmFacts(alarm: MetricAlarm): AlarmFacts {
  const { Namespace, MetricName, Dimensions, Metrics = [] } = alarm;
  const stats = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  const formulas = Metrics.flatMap(({ Expression }) => Expression ?? []);
  return {
    name: alarm.AlarmName ?? '',
    actionsEnabled: alarm.ActionsEnabled,
    actions: alarm.AlarmActions ?? [],
    metrics: (MetricName === undefined ? stats : [{ Namespace, MetricName, Dimensions }]).map(
      metricFacts,
    ),
    ...(formulas.length > 0 && { formula: formulas.join('; ') }),
    comparison: alarm.ComparisonOperator,
    threshold: alarm.Threshold,
    datapoints: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods,
  };
}

function metricFacts(metric: {
  Namespace?: string | undefined;
  MetricName?: string | undefined;
  Dimensions?: readonly { Name?: string | undefined; Value?: string | undefined }[] | undefined;
}): MetricFacts {
  return {
    namespace: metric.Namespace ?? '',
    name: metric.MetricName ?? '',
    dimensions: Object.fromEntries(
      (metric.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]),
    ),
  };
}
