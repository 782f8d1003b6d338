import { practiceAccountId } from '../account/account';
import type { LogGroup, MetricFilterRecord, Wiring } from '../alarms/wiring';
import type { Monitored } from '../cloudwatch/monitored';
import { jsonPage, jsonService } from '../edge/jsonService';
import { AwsError } from '../protocol/awsError';
import { integer, matching, optional, text } from '../protocol/rules';

const name = matching(1, 512, '[\\.\\-_/#A-Za-z0-9]+');
const paging = { limit: optional(integer(1, 50)), nextToken: optional(text(1, 2048)) };

interface FilterInput {
  readonly logGroupName?: string;
  readonly filterNamePrefix?: string;
  readonly metricName?: string;
  readonly metricNamespace?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

interface GroupInput {
  readonly logGroupNamePrefix?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

/**
 * As much of CloudWatch Logs (JSON 1.1, API 2014-03-28) as following alarms and encryption needs:
 * DescribeMetricFilters, DescribeLogGroups.
 */
export const logs = jsonService<Monitored>({
  scope: 'logs',
  version: '1.1',
  target: 'Logs_20140328',
  operations: {
    DescribeMetricFilters: {
      members: {
        logGroupName: optional(name),
        filterNamePrefix: optional(matching(1, 512, '[^:*]*')),
        metricName: optional(matching(0, 255, '[^:*$]*')),
        metricNamespace: optional(matching(0, 255, '[^:*$]*')),
        ...paging,
      },
      resource: ({ logGroupName: group = '*' }: FilterInput, region) => groupArn(region, group),
      run: (input: FilterInput, wiring) => describe(wiring, input),
    },
    DescribeLogGroups: {
      members: { logGroupNamePrefix: optional(name), ...paging },
      resource: ({ logGroupNamePrefix: prefix = '' }: GroupInput, region) =>
        groupArn(region, prefix),
      run(
        { logGroupNamePrefix: prefix = '', limit = 50, nextToken }: GroupInput,
        { logGroups, region },
      ) {
        const found = [...logGroups]
          .filter((group) => group.name.startsWith(prefix))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
        const { items, next } = jsonPage(found, nextToken, limit, wrongToken);
        return { logGroups: items.map((group) => groupJson(group, region)), nextToken: next };
      },
    },
  },
});

function groupArn(region: string, group: string): string {
  return `arn:aws:logs:${region}:${practiceAccountId}:log-group:${group}:log-stream:`;
}

function groupJson(group: LogGroup, region: string): object {
  const { name: logGroupName, createdAt, retentionDays, keyArn, filters } = group;
  const arn = `arn:aws:logs:${region}:${practiceAccountId}:log-group:${logGroupName}`;
  return {
    logGroupName,
    creationTime: createdAt ?? 0,
    retentionInDays: retentionDays,
    metricFilterCount: filters.length,
    arn: `${arn}:*`,
    storedBytes: 0,
    kmsKeyId: keyArn,
    logGroupClass: 'STANDARD',
    logGroupArn: arn,
  };
}

function wrongToken(): AwsError {
  return new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
}

function describe({ logGroups }: Wiring, input: FilterInput): object {
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
  const page = jsonPage(found, input.nextToken, limit, wrongToken);
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
