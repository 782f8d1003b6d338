import { practiceAccountId } from '../account/account';
import { alarmPeriodMs, type Alarm, type Wiring } from '../alarms/wiring';
import { pageOf } from '../edge/service';
import { AwsError } from '../protocol/awsError';
import { integer, listOf, oneOf, optional, text } from '../protocol/rules';
import { validateInput } from '../protocol/validate';
import type { MonitoringCall } from './monitored';

const members = {
  AlarmNames: optional(listOf(text(1, 255), 100)),
  AlarmNamePrefix: optional(text(1, 255)),
  AlarmTypes: optional(listOf(oneOf(['CompositeAlarm', 'MetricAlarm', 'LogAlarm']))),
  MaxRecords: optional(integer(1, 100)),
  NextToken: optional(text(0, 1024)),
};

interface Input {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: readonly string[];
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

/** DescribeAlarms. @throws AwsError ValidationException, InvalidNextToken */
export function describeAlarms(given: unknown, region: string): MonitoringCall {
  const input = validateInput(given, members) as Input;
  return {
    resource: `arn:aws:cloudwatch:${region}:${practiceAccountId}:alarm:*`,
    answer: (wiring) => describe(wiring, input),
  };
}

function describe({ alarms }: Wiring, input: Input): object {
  const { AlarmNames, AlarmNamePrefix = '', AlarmTypes = ['MetricAlarm'] } = input;
  // Composite alarms there are none.
  const found = AlarmTypes.includes('MetricAlarm')
    ? alarms.filter(
        ({ name }) => (AlarmNames?.includes(name) ?? true) && name.startsWith(AlarmNamePrefix),
      )
    : [];
  const page = pageOf(found, input.NextToken ?? null, input.MaxRecords ?? 50);
  if (!page) throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
  return { MetricAlarms: page.items.map(alarmJson), CompositeAlarms: [], NextToken: page.next };
}

function alarmJson(alarm: Alarm): object {
  const { createdAt, rangAt } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: new Date(createdAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [],
    AlarmActions: alarm.actions,
    InsufficientDataActions: [],
    StateValue: rangAt === undefined ? 'OK' : 'ALARM',
    StateReason:
      rangAt === undefined
        ? 'Threshold Crossed: no datapoints were received and treated as [NonBreaching].'
        : `Threshold Crossed: 1 datapoint was greater than or equal to the threshold (${alarm.threshold}).`,
    StateUpdatedTimestamp: new Date(rangAt ?? createdAt),
    MetricName: alarm.metric,
    Namespace: alarm.namespace,
    Statistic: 'Sum',
    Dimensions: Object.entries(alarm.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    Period: alarmPeriodMs / 1000,
    EvaluationPeriods: 1,
    Threshold: alarm.threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  };
}
