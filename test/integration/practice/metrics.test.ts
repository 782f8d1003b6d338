import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  KMSClient,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';

const dayMs = 86_400_000;
let practice: Practice;
let watch: CloudWatchClient;
let kms: KMSClient;
let now: number;

beforeAll(async () => {
  practice = await startPractice({ seed: 'company' });
  const { endpoint, accessKeyId, secretAccessKey, regions } = practice;
  const config = {
    endpoint,
    region: regions[0] ?? '',
    credentials: { accessKeyId, secretAccessKey },
  };
  watch = new CloudWatchClient(config);
  kms = new KMSClient(config);
  now = (await practice.now()).getTime();
});
afterAll(async () => {
  watch.destroy();
  kms.destroy();
  await practice.close();
});

function usage(resource: string, period = 60, stat = 'Sum'): MetricDataQuery {
  const dimensions = { Service: 'KMS', Type: 'API', Class: 'None', Resource: resource };
  return metric('m1', 'AWS/Usage', 'CallCount', dimensions, period, stat);
}

function metric(
  Id: string,
  Namespace: string,
  MetricName: string,
  dimensions: Record<string, string>,
  Period: number,
  Stat: string,
): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat } };
}

function ask(queries: MetricDataQuery[], more: Partial<GetMetricDataCommandInput> = {}) {
  return watch.send(
    new GetMetricDataCommand({
      MetricDataQueries: queries,
      StartTime: new Date(now - 14 * dayMs),
      EndTime: new Date(now + dayMs),
      ScanBy: 'TimestampAscending',
      ...more,
    }),
  );
}

describe('GetMetricData', () => {
  it('counts the calls that were made, and those that succeeded with a key', async () => {
    const made = await kms.send(new CreateKeyCommand({}));
    const KeyId = made.KeyMetadata?.Arn ?? '';
    const StartTime = await practice.now();
    const { CiphertextBlob } = await kms.send(
      new EncryptCommand({ KeyId, Plaintext: new Uint8Array(3) }),
    );
    await kms.send(new DecryptCommand({ CiphertextBlob }));
    await kms
      .send(new DecryptCommand({ CiphertextBlob: CiphertextBlob?.slice(1) }))
      .catch(() => {});
    const successes = (Operation: string) =>
      metric(
        Operation.toLowerCase(),
        'AWS/KMS',
        'SuccessfulRequest',
        { KeyArn: KeyId, Operation },
        3600,
        'Sum',
      );
    const { MetricDataResults = [] } = await ask(
      [usage('CryptographicOperationsSymmetric', 3600), successes('Encrypt'), successes('Decrypt')],
      { StartTime: new Date(StartTime.getTime() - 60_000) },
    );
    const sums = MetricDataResults.map(({ Values = [] }) => Values.reduce((a, b) => a + b, 0));
    expect(sums[0]).toBeGreaterThanOrEqual(3);
    expect(sums.slice(1)).toEqual([1, 1]);
  });

  it('compares a metric with its quota for the metric’s period', async () => {
    const { MetricDataResults = [] } = await ask([
      { ...usage('ListGrants'), ReturnData: true },
      { Id: 'q', Expression: 'SERVICE_QUOTA(m1)' },
      { Id: 'share', Expression: '(m1/SERVICE_QUOTA(m1))*100' },
    ]);
    const [calls, quota, share] = MetricDataResults;
    expect(new Set(quota?.Values)).toEqual(new Set([6000]));
    expect(share?.Values).toEqual(calls?.Values?.map((value) => (value / 6000) * 100));
    expect(Math.max(...(share?.Values ?? []))).toBeGreaterThan(80);
  });

  it('keeps minutes for 15 days, five minutes for 63, hours for longer', async () => {
    const StartTime = new Date(now - 400 * dayMs);
    const oldestAt = async (period: number) => {
      const { MetricDataResults } = await ask([usage('ListGrants', period)], { StartTime });
      return (now - (MetricDataResults?.[0]?.Timestamps?.[0]?.getTime() ?? now)) / dayMs;
    };
    expect(await oldestAt(60)).toBeLessThan(15.1);
    expect(await oldestAt(300)).toBeGreaterThan(60);
    expect(await oldestAt(300)).toBeLessThan(63.1);
    expect(await oldestAt(3600)).toBeGreaterThan(300);
  });

  it('tells the seconds until imported key material expires', async () => {
    const left = (KeyId: string) =>
      metric('m1', 'AWS/KMS', 'SecondsUntilKeyMaterialExpiration', { KeyId }, 60, 'Minimum');
    const { Keys = [] } = await kms.send(new ListKeysCommand({}));
    const keys = await Promise.all(
      Keys.map(({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))),
    );
    const expiring = keys.find(({ KeyMetadata }) => KeyMetadata?.ValidTo)?.KeyMetadata;
    const { MetricDataResults = [] } = await ask([left(expiring?.KeyId ?? '')], {
      StartTime: new Date(now - 300_000),
    });
    const [{ Timestamps = [], Values = [] } = {}] = MetricDataResults;
    expect(Values.length).toBeGreaterThan(3);
    const [at, value = 0] = [Timestamps[0]?.getTime() ?? 0, Values[0]];
    expect(at + value * 1000).toBeCloseTo(expiring?.ValidTo?.getTime() ?? 0, -4);
    const none = await ask([left('unknown')]);
    expect(none.MetricDataResults?.[0]).toMatchObject({ StatusCode: 'Complete', Values: [] });
  });

  it('gives the same values page by page, and says which are not whole yet', async () => {
    const queries = [usage('ListGrants'), { Id: 'q', Expression: 'SERVICE_QUOTA(m1)' }];
    const whole = await ask(queries);
    const values: number[][] = [[], []];
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const page = await ask(queries, { MaxDatapoints: 25, NextToken });
      page.MetricDataResults?.forEach(({ Values = [] }, index) => values[index]?.push(...Values));
      if (pages === 0) expect(page.MetricDataResults?.[0]?.StatusCode).toBe('PartialData');
      NextToken = page.NextToken;
      pages += 1;
    } while (NextToken !== undefined);
    expect(pages).toBeGreaterThan(3);
    expect(values).toEqual(whole.MetricDataResults?.map(({ Values }) => Values));
  });

  it.each([
    [
      'times in the wrong order',
      { StartTime: new Date(), EndTime: new Date(0) },
      'ValidationException',
    ],
    [
      'a period that is no multiple of a minute',
      { MetricDataQueries: [usage('Decrypt', 90)] },
      'ValidationException',
    ],
    ['no query', { MetricDataQueries: [] }, 'ValidationException'],
    [
      'two queries of one id',
      { MetricDataQueries: [usage('Decrypt'), usage('Decrypt')] },
      'ValidationException',
    ],
    [
      'another formula',
      { MetricDataQueries: [usage('Decrypt'), { Id: 'e', Expression: 'FILL(m1, 0)' }] },
      'ValidationException',
    ],
    ['a token that is none', { NextToken: 'nonsense' }, 'InvalidNextToken'],
  ])('refuses %s', async (_name, more, error) => {
    await expect(ask([usage('Decrypt')], more)).rejects.toMatchObject({ name: error });
  });
});
