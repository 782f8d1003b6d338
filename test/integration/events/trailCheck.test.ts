import {
  CreateTrailCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAws, type Aws } from '../../../electron/aws/index';
import { checkCommand } from '../../../electron/events/commands/check';
import { checkTrails } from '../../../electron/events/trailCheck/checkTrails';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { trailReportSchema, type TrailReport } from '../../../shared/model/events/trailCheck';
import { runOn, setFaults } from './practiceForTest';

let practice: Practice;
let aws: Aws;
let regions: readonly string[];

async function open(seed: 'company' | 'empty'): Promise<void> {
  practice = await startPractice({ seed });
  regions = practice.regions;
  aws = createAws({
    env: {},
    homeDir: '/nowhere',
    now: () => new Date(),
    practice,
    realAccounts: { allowed: false },
    quotaPercent: () => 100,
    chosen: { read: () => [{ connection: 'practice', regions }], write: () => {} },
    askMfa: () => Promise.reject(new Error('no MFA here')),
    onWrite: () => {},
    tuning: { throttledAttempts: 2, failedAttempts: 2, backoffMs: 1 },
  });
}
async function close(): Promise<void> {
  aws.close();
  await practice.close();
}

async function check(): Promise<TrailReport[]> {
  const told: { done: number; expected: number }[] = [];
  const { signal } = new AbortController();
  const reports = await checkTrails({ ...aws, signal, progress: (one) => void told.push(one) });
  expect(told.at(-1)).toEqual({ done: regions.length, expected: regions.length });
  return trailReportSchema.array().parse(reports);
}

function valuesOf(report: TrailReport | undefined) {
  return Object.fromEntries(report?.checks.map(({ id, verdict }) => [id, verdict.value]) ?? []);
}

function one(report: TrailReport | undefined, id: string) {
  const found = report?.checks.find((each) => each.id === id);
  if (!found) throw new Error(`There is no check ${id}.`);
  return found;
}

const fault = (operation: string, kind: string, region?: string) =>
  setFaults(practice, [{ operation, kind, ...(region !== undefined && { region }) }]);

describe('in the company', () => {
  beforeAll(() => open('company'));
  afterAll(close);
  afterEach(() => setFaults(practice, []));

  it('tells in every Region what is right, what is wrong, and whom nobody tells', async () => {
    const reports = await check();
    expect(reports.map(({ region }) => region)).toEqual(regions);
    expect(reports[0]).toMatchObject({ connection: 'practice', account: practice.accountId });
    expect(valuesOf(reports[0])).toEqual({
      'trail-on': 'pass',
      'trail-covers-region': 'pass',
      'management-events': 'pass',
      'kms-not-excluded': 'pass',
      'log-file-validation': 'pass',
      delivery: 'pass',
      'digest-delivery': 'pass',
      'bucket-key': 'fail',
      'log-group': 'pass',
      'alarm-decrypt-failures': 'fail',
      'alarm-throttling': 'pass',
      'alarm-key-deletion': 'pass',
      'alarm-policy-changes': 'fail',
    });
    const reason = (id: string) => one(reports[0], id).verdict.reason;
    expect(reason('alarm-decrypt-failures')).toContain(
      'topic kms-failures, which has no confirmed subscription; 1 wait to be confirmed',
    );
    expect(reason('alarm-policy-changes')).toContain('kms-policy-changes are switched off');
    expect(reason('alarm-key-deletion')).toContain('topic security-alerts');
    expect(reason('alarm-key-deletion')).toContain('DeleteImportedKeyMaterial');
    // The alarm on the quota is the first Region's alone; the trail's log group hears of all Regions.
    expect(valuesOf(reports[1])).toMatchObject({
      'alarm-throttling': 'fail',
      'alarm-key-deletion': 'pass',
    });
  });

  it('gives each check the calls it rests on', async () => {
    const [home] = await check();
    const { evidence } = one(home, 'alarm-decrypt-failures');
    expect(evidence.map(({ operation }) => operation)).toEqual([
      'logs:DescribeMetricFilters',
      'cloudwatch:DescribeAlarms',
      'sns:ListSubscriptionsByTopic',
    ]);
    for (const { region, requestId, asOf } of evidence) {
      expect(region).toBe(regions[0]);
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(Date.parse(asOf)).not.toBeNaN();
    }
    expect(evidence[2]?.facts).toMatchObject({ confirmed: '0', waitingForConfirmation: '1' });
  });

  it('sees through the trail that leaves KMS out, once the other is off', async () => {
    const target = { connection: 'practice', region: regions[0] ?? '' };
    await aws.gateway.send(target, new StopLoggingCommand({ Name: 'company-trail' }));
    const reports = await check();
    await aws.gateway.send(target, new StartLoggingCommand({ Name: 'company-trail' }));
    expect(valuesOf(reports[0])).toMatchObject({
      'trail-on': 'fail',
      'kms-not-excluded': 'not-applicable',
      'alarm-key-deletion': 'fail',
    });
    const second = reports[1];
    expect(valuesOf(second)).toMatchObject({
      'trail-on': 'pass',
      'management-events': 'pass',
      'kms-not-excluded': 'fail',
    });
    expect(one(second, 'kms-not-excluded').verdict.reason).toContain('legacy-audit leave out kms:');
  });

  it.each([
    ['cloudtrail:DescribeTrails', 'trail-on'],
    ['cloudtrail:GetTrailStatus', 'trail-on'],
    ['cloudtrail:GetEventSelectors', 'kms-not-excluded'],
    ['logs:DescribeMetricFilters', 'alarm-key-deletion'],
    ['cloudwatch:DescribeAlarms', 'alarm-key-deletion'],
    ['sns:ListSubscriptionsByTopic', 'alarm-key-deletion'],
  ])('without %s cannot tell, and names the permission', async (operation, id) => {
    await fault(operation, 'deny', regions[0]);
    const [home] = await check();
    const { verdict, evidence } = one(home, id);
    expect(verdict).toMatchObject({ value: 'cannot-tell', permission: operation });
    expect(evidence).toContainEqual(
      expect.objectContaining({ operation, facts: expect.objectContaining({ error: 'denied' }) }),
    );
  });

  it.each(['throttle', 'server-error', 'cut'])(
    'does not take an answer with %s for an answer',
    async (kind) => {
      for (const operation of ['cloudwatch:DescribeAlarms', 'sns:ListSubscriptionsByTopic']) {
        await fault(operation, kind);
        const [home] = await check();
        const { verdict } = one(home, 'alarm-key-deletion');
        expect(verdict.value).toBe('cannot-tell');
        expect(verdict.reason).toContain(operation);
      }
    },
  );

  it('answers on the command line with a code for scripts', async () => {
    const { code, stdout } = await runOn(practice, checkCommand, { json: true });
    expect(code).toBe(1);
    expect(trailReportSchema.array().parse(JSON.parse(stdout))).toHaveLength(1);
    await fault('cloudtrail:DescribeTrails', 'deny');
    const unknown = await runOn(practice, checkCommand, { json: false });
    expect(unknown.code).toBe(3);
    expect(unknown.stdout).toContain('Cannot tell');
    expect(unknown.stdout).toContain('cloudtrail:DescribeTrails');
  });
});

describe('in an account without anything', () => {
  beforeAll(() => open('empty'));
  afterAll(close);

  it('says that no trail is there, and asks nothing of it', async () => {
    for (const report of await check()) {
      expect(valuesOf(report)).toMatchObject({
        'trail-on': 'fail',
        'kms-not-excluded': 'not-applicable',
        'log-file-validation': 'not-applicable',
        'alarm-throttling': 'fail',
      });
    }
  });

  it('finds a log group that is not there, and says so', async () => {
    const region = regions[0] ?? '';
    const target = { connection: 'practice', region };
    await aws.gateway.send(target, new CreateBucketCommand({ Bucket: 'some-logs' }));
    const trail = new CreateTrailCommand({
      Name: 'some-trail',
      S3BucketName: 'some-logs',
      CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${practice.accountId}:log-group:gone:*`,
    });
    await aws.gateway.send(target, trail);
    await aws.gateway.send(target, new StartLoggingCommand({ Name: 'some-trail' }));
    const [home] = await check();
    expect(valuesOf(home)).toMatchObject({ 'trail-on': 'pass', 'log-file-validation': 'fail' });
    const { verdict } = one(home, 'alarm-key-deletion');
    expect(verdict.value).toBe('cannot-tell');
    expect(verdict.reason).toContain('log group does not exist');
  });
});
