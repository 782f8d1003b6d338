import { practiceAccountId } from '../account/account';
import type { Alarm, Wiring } from '../alarms/wiring';
import { pageOf, type EdgeCall, type EdgeService } from '../edge/service';
import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import { integer, listOf, oneOf, optional, text } from '../protocol/rules';
import { validateInput } from '../protocol/validate';
import { parseJson } from '../server/routing';
import type { HttpRequest } from '../sigv4/verify';

/**
 * As much of CloudWatch (JSON 1.0 with the error names of its Query protocol, API 2010-08-01) as
 * following alarms needs: DescribeAlarms.
 */
export const cloudWatch: EdgeService<Wiring> = {
  scope: 'monitoring',
  prefix: 'cloudwatch',
  source: 'monitoring.amazonaws.com',
  operations: ['cloudwatch:DescribeAlarms'],
  read,
  refuse(error) {
    const code = error.code === 'AccessDeniedException' ? 'AccessDenied' : error.code;
    return {
      status: code === 'AccessDenied' ? 403 : error.status,
      contentType,
      body: JSON.stringify({ __type: `com.amazonaws.cloudwatch#${code}`, message: error.message }),
      headers: { 'x-amzn-query-error': `${code};${error.status < 500 ? 'Sender' : 'Receiver'}` },
    };
  },
  throttled: () => new AwsError('Throttling', 'Rate exceeded'),
};

const contentType = 'application/x-amz-json-1.0';

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

function read({ headers, body }: HttpRequest, region: string): EdgeCall<Wiring> {
  if (headers['x-amz-target'] !== 'GraniteServiceVersion20100801.DescribeAlarms') {
    throw new AwsError('UnknownOperationException');
  }
  const given = parseJson(body);
  const input = validateInput(given, members) as Input;
  return {
    operation: 'DescribeAlarms',
    action: 'cloudwatch:DescribeAlarms',
    resource: `arn:aws:cloudwatch:${region}:${practiceAccountId}:alarm:*`,
    parameters: given as object,
    answer: (wiring) => ({ status: 200, contentType, body: writeJson(describe(wiring, input)) }),
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
  const at = new Date(alarm.createdAt);
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: at,
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [],
    AlarmActions: alarm.actions,
    InsufficientDataActions: [],
    StateValue: 'OK',
    StateReason: 'Threshold Crossed: no datapoints were received and treated as [NonBreaching].',
    StateUpdatedTimestamp: at,
    MetricName: alarm.metric,
    Namespace: alarm.namespace,
    Statistic: 'Sum',
    Dimensions: Object.entries(alarm.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: alarm.threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  };
}
