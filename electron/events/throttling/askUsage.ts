import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Asked } from '../../../shared/model/events/trail/evidence';
import type { Minutes } from '../../../shared/model/events/throttling/judgeUse';
import { AppError } from '../../../shared/model/errors';
import type { Asker } from '../trailCheck/ask';

/** What GetMetricData gave, by the query's id. */
export type Series = ReadonlyMap<string, Minutes>;

/** No answer here takes more pages; one that goes on beyond leads in a circle. */
const mostPages = 1000;

/**
 * How often KMS was called, by the hour, as `RESOURCE`, with the quota of the account for an hour, as
 * `RESOURCE quota`: one request for all resources.
 */
export function askHours(
  asker: Asker,
  region: string,
  resources: readonly string[],
  range: { readonly from: number; readonly to: number },
): Promise<Asked<Series>> {
  const names = new Map<string, string>();
  const queries = resources.flatMap((resource, index): MetricDataQuery[] => {
    names.set(`m${index}`, resource);
    names.set(`q${index}`, `${resource} quota`);
    return [
      callCount(`m${index}`, resource, 3600),
      { Id: `q${index}`, Expression: `SERVICE_QUOTA(m${index})` },
    ];
  });
  return askData(asker, region, queries, names, range);
}

/** How often KMS was called, by the minute. */
export function askMinutes(
  asker: Asker,
  region: string,
  resources: readonly string[],
  range: { readonly from: number; readonly to: number },
): Promise<Asked<Series>> {
  const names = new Map(resources.map((resource, index) => [`m${index}`, resource]));
  const queries = resources.map((resource, index) => callCount(`m${index}`, resource, 60));
  return askData(asker, region, queries, names, range);
}

/** Source: KMS developer guide, "Monitoring with Amazon CloudWatch"; CloudWatch, "AWS usage metrics". */
function callCount(id: string, resource: string, periodSeconds: number): MetricDataQuery {
  const dimensions = { Service: 'KMS', Type: 'API', Class: 'None', Resource: resource };
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Usage',
        MetricName: 'CallCount',
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: 'Sum',
    },
  };
}

function askData(
  { ask }: Asker,
  region: string,
  queries: MetricDataQuery[],
  names: ReadonlyMap<string, string>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Asked<Series>> {
  return ask('cloudwatch:GetMetricData', region, async (send) => {
    const series = new Map([...names.values()].map((name) => [name, [] as [number, number][]]));
    let NextToken: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const output = await send(
        new GetMetricDataCommand({
          MetricDataQueries: queries,
          StartTime: new Date(from),
          EndTime: new Date(to),
          ScanBy: 'TimestampAscending',
          NextToken,
        }),
      );
      NextToken = output.NextToken === '' ? undefined : output.NextToken;
      for (const result of output.MetricDataResults ?? []) {
        const { Id = '', StatusCode, Timestamps = [], Values = [] } = result;
        const points = series.get(names.get(Id) ?? '');
        // What is missing must not look like calls that were never made.
        const whole = StatusCode === 'Complete' || (StatusCode === 'PartialData' && NextToken);
        if (!points || !whole || Timestamps.length !== Values.length) {
          throw new AppError(
            'bad-response',
            `CloudWatch gave no whole answer for ${names.get(Id) ?? Id} (${StatusCode ?? 'no status'}): cloudwatch:GetMetricData.`,
          );
        }
        for (const [index, at] of Timestamps.entries()) {
          points.push([at.getTime(), Values[index] ?? 0]);
        }
      }
      if (NextToken === undefined) return series;
    }
    throw new AppError('bad-response', 'cloudwatch:GetMetricData does not say where it ends.');
  });
}
