import { practiceAccountId } from '../account/account';
import type { MetricFilterRecord, Wiring } from '../alarms/wiring';
import { pageOf, type EdgeCall, type EdgeService } from '../edge/service';
import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import { integer, matching, optional, text } from '../protocol/rules';
import { validateInput } from '../protocol/validate';
import { jsonType } from '../server/answer';
import { jsonError, parseJson } from '../server/routing';
import type { HttpRequest } from '../sigv4/verify';

/** As much of CloudWatch Logs (JSON 1.1, API 2014-03-28) as following alarms needs: DescribeMetricFilters. */
export const logs: EdgeService<Wiring> = {
  scope: 'logs',
  source: 'logs.amazonaws.com',
  operations: ['logs:DescribeMetricFilters'],
  read,
  refuse: jsonError,
  throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
};

const name = matching(1, 512, '[\\.\\-_/#A-Za-z0-9]+');
const members = {
  logGroupName: optional(name),
  filterNamePrefix: optional(matching(1, 512, '[^:*]*')),
  metricName: optional(matching(0, 255, '[^:*$]*')),
  metricNamespace: optional(matching(0, 255, '[^:*$]*')),
  limit: optional(integer(1, 50)),
  nextToken: optional(text(1, 2048)),
};

interface Input {
  readonly logGroupName?: string;
  readonly filterNamePrefix?: string;
  readonly metricName?: string;
  readonly metricNamespace?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

function read({ headers, body }: HttpRequest, region: string): EdgeCall<Wiring> {
  if (headers['x-amz-target'] !== 'Logs_20140328.DescribeMetricFilters') {
    throw new AwsError('UnknownOperationException');
  }
  const given = parseJson(body);
  const input: Input = validateInput(given, members);
  const { logGroupName: group = '*' } = input;
  return {
    operation: 'DescribeMetricFilters',
    action: 'logs:DescribeMetricFilters',
    resource: `arn:aws:logs:${region}:${practiceAccountId}:log-group:${group}:log-stream:`,
    parameters: given as object,
    answer: (wiring) => ({
      status: 200,
      contentType: jsonType,
      body: writeJson(describe(wiring, input)),
    }),
  };
}

function describe({ logGroups }: Wiring, input: Input): object {
  const { logGroupName, filterNamePrefix = '', metricName, metricNamespace, limit = 50 } = input;
  if (logGroupName !== undefined && !logGroups.some((group) => group.name === logGroupName)) {
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  if (metricName !== undefined && metricNamespace === undefined) {
    throw new AwsError('InvalidParameterException', 'metricName needs metricNamespace.');
  }
  const found = logGroups
    .filter((group) => logGroupName === undefined || group.name === logGroupName)
    .flatMap((group) => group.filters.map((filter) => ({ group: group.name, filter })))
    .filter(
      ({ filter }) =>
        filter.name.startsWith(filterNamePrefix) &&
        (metricName === undefined || filter.metric === metricName) &&
        (metricNamespace === undefined || filter.namespace === metricNamespace),
    )
    .map(({ group, filter }) => filterJson(group, filter));
  const page = pageOf(found, input.nextToken ?? null, limit);
  if (!page) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  return { metricFilters: page.items, nextToken: page.next };
}

function filterJson(logGroupName: string, filter: MetricFilterRecord): object {
  return {
    filterName: filter.name,
    filterPattern: filter.pattern,
    metricTransformations: [
      { metricName: filter.metric, metricNamespace: filter.namespace, metricValue: '1' },
    ],
    creationTime: filter.createdAt,
    logGroupName,
    applyOnTransformedLogs: false,
  };
}
