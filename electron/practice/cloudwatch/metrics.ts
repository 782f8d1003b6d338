import { quotaOf } from '../kms/quotas';
import type { KeyRecord } from '../kms/model';
import type { CallCounts } from './callCounts';

const minuteMs = 60_000;

/** A metric as a request names it. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What one minute holds: so many samples, with these values. */
export interface Sample {
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

/** The metrics of one account and Region. */
export interface Metrics {
  /** By the start of each minute that has data, in milliseconds, oldest first. */
  series(metric: MetricName, from: number, to: number): ReadonlyMap<number, Sample>;
  /** Requests a second that AWS allows of what the metric counts; undefined where there is no such quota. */
  quotaPerSecond(metric: MetricName): number | undefined;
}

export interface MetricsOf {
  readonly region: string;
  readonly now: number;
  /** KMS calls by the minute. */
  readonly calls: CallCounts;
  readonly keys: () => Iterable<KeyRecord>;
}

/**
 * The metrics of KMS: AWS/Usage CallCount, AWS/KMS SuccessfulRequest and
 * SecondsUntilKeyMaterialExpiration. Source: KMS developer guide, "Monitoring with Amazon CloudWatch".
 */
export function metricsOf({ region, now, calls, keys }: MetricsOf): Metrics {
  const wanted: Readonly<
    Record<string, (metric: MetricName, from: number, to: number) => Map<number, Sample>>
  > = {
    'AWS/Usage CallCount': ({ dimensions }, from, to) =>
      isUsage(dimensions)
        ? counted(calls.usage(dimensions['Resource'] ?? '', from, to))
        : new Map(),
    'AWS/KMS SuccessfulRequest': ({ dimensions: { KeyArn = '', Operation = '' } }, from, to) =>
      counted(calls.successes(KeyArn, Operation, from, to)),
    'AWS/KMS SecondsUntilKeyMaterialExpiration': ({ dimensions }, from, to) =>
      untilExpiry(dimensions['KeyId'] ?? '', from, to),
  };

  function untilExpiry(keyId: string, from: number, to: number): Map<number, Sample> {
    const series = new Map<number, Sample>();
    const key = [...keys()].find((one) => one.region === region && one.keyId === keyId);
    const expiring = (key?.materials ?? []).flatMap(({ createdAt, imported }) =>
      imported?.state === 'IMPORTED' && imported.validTo !== undefined
        ? [{ createdAt, validTo: imported.validTo }]
        : [],
    );
    for (let at = floor(from); at < Math.min(to, now); at += minuteMs) {
      const left = expiring
        .filter(({ createdAt, validTo }) => at >= createdAt && at < validTo)
        .map(({ validTo }) => Math.floor((validTo - at) / 1000));
      if (left.length === 0) continue;
      const least = Math.min(...left);
      series.set(at, { sum: least, count: 1, min: least, max: least });
    }
    return series;
  }

  return {
    series(metric, from, to) {
      return wanted[`${metric.namespace} ${metric.name}`]?.(metric, from, to) ?? new Map();
    },
    quotaPerSecond({ namespace, name, dimensions }) {
      if (namespace !== 'AWS/Usage' || name !== 'CallCount' || !isUsage(dimensions)) {
        return undefined;
      }
      return quotaOfResource(dimensions['Resource'] ?? '', region);
    },
  };
}

/** The request quota that a `Resource` of AWS/Usage stands for, a second. */
export function quotaOfResource(resource: string, region: string): number {
  const shared = sharedResources[resource];
  if (resource === 'CryptographicOperationsSymmetric') {
    return quotaOf('Decrypt', region, undefined, undefined).perSecond;
  }
  return shared ?? quotaOf(resource, region, undefined, undefined).perSecond;
}

const sharedResources: Readonly<Record<string, number>> = {
  CryptographicOperationsRsa: 1000,
  CryptographicOperationsEcc: 1000,
};

function isUsage({ Service, Type, Class }: Readonly<Record<string, string>>): boolean {
  return Service === 'KMS' && Type === 'API' && Class === 'None';
}

/** Each call is one sample of 1. */
function counted(minutes: Iterable<readonly [number, number]>): Map<number, Sample> {
  return new Map(
    [...minutes]
      .sort(([a], [b]) => a - b)
      .map(([at, count]) => [at, { sum: count, count, min: 1, max: 1 }]),
  );
}

function floor(at: number): number {
  return Math.floor(at / minuteMs) * minuteMs;
}
