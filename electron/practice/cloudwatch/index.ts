import type { EdgeCall, EdgeService } from '../edge/service';
import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import { parseJson } from '../server/routing';
import type { HttpRequest } from '../sigv4/verify';
import { describeAlarms } from './describeAlarms';
import { getMetricData } from './getMetricData';
import type { Monitored, MonitoringCall } from './monitored';

const operations: Readonly<Record<string, (given: unknown, region: string) => MonitoringCall>> = {
  DescribeAlarms: describeAlarms,
  GetMetricData: getMetricData,
};

/**
 * As much of CloudWatch (JSON 1.0 with the error names of its Query protocol, API 2010-08-01) as
 * following alarms and request quotas needs.
 */
export const cloudWatch: EdgeService<Monitored> = {
  scope: 'monitoring',
  prefix: 'cloudwatch',
  source: 'monitoring.amazonaws.com',
  operations: Object.keys(operations).map((name) => `cloudwatch:${name}`),
  read,
  refuse(error) {
    const code = queryCodes[error.code] ?? error.code;
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
const targetPrefix = 'GraniteServiceVersion20100801.';

/** The Query protocol's names of errors that are the same everywhere. */
const queryCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  ValidationException: 'ValidationError',
};

function read({ headers, body }: HttpRequest, region: string): EdgeCall<Monitored> {
  const target = headers['x-amz-target'] ?? '';
  const name = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : '';
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) throw new AwsError('UnknownOperationException');
  const given = parseJson(body);
  const { resource, answer } = operation(given, region);
  return {
    operation: name,
    action: `cloudwatch:${name}`,
    resource,
    parameters: given as object,
    answer: (monitored) => ({ status: 200, contentType, body: writeJson(answer(monitored)) }),
  };
}
