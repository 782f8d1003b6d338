import { createHash } from 'node:crypto';
import { AwsError } from '../protocol/awsError';
import {
  flag,
  integer,
  listOf,
  matching,
  oneOf,
  optional,
  required,
  structure,
  text,
  timestamp,
} from '../protocol/rules';
import { validateInput } from '../protocol/validate';
import { readExpression } from './expression';
import type { Metrics, MetricName } from './metrics';
import type { MonitoringCall } from './monitored';
import { datapoints, type Datapoint } from './statistics';

/** So many values are given at once where the request names no number. */
const mostDatapoints = 100_800;

const members = {
  MetricDataQueries: required(
    listOf(
      structure({
        Id: required(matching(1, 255, '[a-z][a-zA-Z0-9_]*')),
        MetricStat: optional(
          structure({
            Metric: required(
              structure({
                Namespace: optional(text(1, 255)),
                MetricName: optional(text(1, 255)),
                Dimensions: optional(
                  listOf(
                    structure({ Name: required(text(1, 255)), Value: required(text(1, 1024)) }),
                    30,
                  ),
                ),
              }),
            ),
            Period: required(integer(1, 86_400)),
            Stat: required(text(1, 100)),
            Unit: optional(text(1, 100)),
          }),
        ),
        Expression: optional(text(1, 2048)),
        Label: optional(text(0, 2048)),
        ReturnData: optional(flag),
        Period: optional(integer(1, 86_400)),
        AccountId: optional(text(1, 255)),
      }),
      500,
    ),
  ),
  StartTime: required(timestamp),
  EndTime: required(timestamp),
  NextToken: optional(text(0, 10_000)),
  ScanBy: optional(oneOf(['TimestampDescending', 'TimestampAscending'])),
  MaxDatapoints: optional(integer(1, mostDatapoints)),
};

interface Query {
  readonly Id: string;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace?: string;
      readonly MetricName?: string;
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
  readonly Expression?: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
}

interface Input {
  readonly MetricDataQueries: readonly Query[];
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly NextToken?: string;
  readonly ScanBy?: string;
  readonly MaxDatapoints?: number;
}

/**
 * GetMetricData, with metrics and the formulas that compare them with their quota.
 * @throws AwsError ValidationException, InvalidNextToken
 */
export function getMetricData(given: unknown): MonitoringCall {
  const input = validateInput(given, members) as unknown as Input;
  const { StartTime, EndTime, MetricDataQueries: queries } = input;
  if (StartTime >= EndTime) {
    throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  }
  if (queries.length === 0) throw invalid('The parameter MetricDataQueries must not be empty.');
  checkQueries(queries);
  const offset = readToken(input);
  return {
    resource: '*',
    answer: ({ metrics, now }) => page(input, offset, resultsOf(input, metrics, now)),
  };
}

function checkQueries(queries: readonly Query[]): void {
  const seen = new Set<string>();
  for (const { Id, MetricStat, Expression } of queries) {
    if (seen.has(Id)) throw invalid(`The Id '${Id}' is used more than once.`);
    seen.add(Id);
    if ((MetricStat === undefined) === (Expression === undefined)) {
      throw invalid(`The query '${Id}' must have either MetricStat or Expression.`);
    }
    const { Period = 60 } = MetricStat ?? {};
    if (Period % 60 !== 0) {
      throw invalid('The parameter Period must be a multiple of 60 for metrics of AWS services.');
    }
    if (MetricStat && !statistics.has(MetricStat.Stat)) {
      throw invalid(`The statistic '${MetricStat.Stat}' is not one that is computed here.`);
    }
  }
  if (!queries.some(({ ReturnData = true }) => ReturnData)) {
    throw invalid('At least one query must have ReturnData.');
  }
}

const statistics = new Set(['Sum', 'Maximum', 'Minimum', 'Average', 'SampleCount']);

interface Result {
  readonly Id: string;
  readonly Label: string;
  readonly points: readonly Datapoint[];
}

function resultsOf(input: Input, metrics: Metrics, now: number): Result[] {
  const { MetricDataQueries: queries, ScanBy = 'TimestampDescending' } = input;
  const pointsOf = new Map<string, readonly Datapoint[]>();
  for (const { Id, MetricStat } of queries) {
    if (!MetricStat) continue;
    const { Period, Stat } = MetricStat;
    const range = { from: input.StartTime.getTime(), to: input.EndTime.getTime(), now };
    pointsOf.set(Id, datapoints(metrics, metricName(MetricStat.Metric), Period, Stat, range));
  }
  for (const { Id, Expression } of queries) {
    if (Expression === undefined) continue;
    const formula = readExpression(Id, Expression);
    const of = queries.find((query) => query.Id === formula.metric)?.MetricStat;
    if (!of) throw invalid(`Error in expression '${Id}': there is no metric ${formula.metric}.`);
    const perSecond = metrics.quotaPerSecond(metricName(of.Metric));
    const quota = perSecond === undefined ? undefined : perSecond * of.Period;
    pointsOf.set(
      Id,
      quota === undefined
        ? []
        : (pointsOf.get(formula.metric) ?? []).map(([at, value]) => [
            at,
            formula.apply(value, quota),
          ]),
    );
  }
  return queries
    .filter(({ ReturnData = true }) => ReturnData)
    .map(({ Id, Label, MetricStat }) => {
      const points = pointsOf.get(Id) ?? [];
      return {
        Id,
        Label: Label ?? MetricStat?.Metric.MetricName ?? Id,
        points: ScanBy === 'TimestampAscending' ? points : points.toReversed(),
      };
    });
}

function metricName({
  Namespace = '',
  MetricName = '',
  Dimensions = [],
}: NonNullable<Query['MetricStat']>['Metric']): MetricName {
  return {
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  };
}

/** The results one after the other; a page may end in the middle of one, which is then partial. */
function page(input: Input, offset: number, results: readonly Result[]): object {
  const most = input.MaxDatapoints ?? mostDatapoints;
  let before = 0;
  const shown = results.map(({ Id, Label, points }) => {
    const from = Math.max(0, offset - before);
    const to = Math.max(0, Math.min(points.length, offset + most - before));
    before += points.length;
    const here = points.slice(from, to);
    return {
      Id,
      Label,
      Timestamps: here.map(([at]) => new Date(at)),
      Values: here.map(([, value]) => value),
      StatusCode: to < points.length ? 'PartialData' : 'Complete',
    };
  });
  const next = offset + most < before ? writeToken(input, offset + most) : undefined;
  return { MetricDataResults: shown, NextToken: next, Messages: [] };
}

function fingerprint({ MetricDataQueries, StartTime, EndTime, ScanBy }: Input): string {
  const asked = JSON.stringify([MetricDataQueries, StartTime, EndTime, ScanBy]);
  return createHash('sha256').update(asked).digest('hex').slice(0, 16);
}

function writeToken(input: Input, offset: number): string {
  return Buffer.from(`1 ${fingerprint(input)} ${offset}`).toString('base64');
}

function readToken(input: Input): number {
  if (!input.NextToken) return 0;
  const text = Buffer.from(input.NextToken, 'base64').toString();
  const match = /^1 ([0-9a-f]{16}) (\d{1,9})$/.exec(text);
  if (match?.[1] !== fingerprint(input)) {
    throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
  }
  return Number(match[2]);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
