import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAws, type Aws } from '../../../electron/aws/index';
import { throttlingCommand } from '../../../electron/events/commands/throttling';
import { startTable, type RunningTable } from '../../../electron/events/startTable';
import { checkThrottling } from '../../../electron/events/throttling/checkThrottling';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { throttlingReportSchema } from '../../../shared/model/events/throttling/report';
import { runOn, setFaults } from './practiceForTest';

let folder: string;
let practice: Practice;
let aws: Aws;
let table: RunningTable;

beforeAll(async () => {
  practice = await startPractice({ seed: 'company' });
  folder = mkdtempSync(join(tmpdir(), 'claviger-test-'));
  table = startTable(join(folder, 'events.db'));
  aws = createAws({
    env: {},
    homeDir: '/nowhere',
    now: () => new Date(),
    practice,
    realAccounts: { allowed: false },
    quotaPercent: () => 100,
    chosen: {
      read: () => [{ connection: 'practice', regions: practice.regions }],
      write: () => {},
    },
    askMfa: () => Promise.reject(new Error('no MFA here')),
    onWrite: () => {},
    tuning: { throttledAttempts: 2, failedAttempts: 2, backoffMs: 1 },
  });
});
afterAll(async () => {
  aws.close();
  await table.close();
  await practice.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => setFaults(practice, []));

async function check() {
  const { signal } = new AbortController();
  const reports = await checkThrottling({
    ...aws,
    table: table.client,
    signal,
    progress: () => {},
  });
  return throttlingReportSchema.array().parse(reports);
}

describe('throttling in the company', () => {
  it('finds the scanner near its quota and the compaction that grows, and nothing else', async () => {
    const [home, ...others] = await check();
    const of = (resource: string) => home?.uses.find((use) => use.resource === resource);
    expect(of('ListGrants')).toMatchObject({
      verdict: { value: 'fail' },
      quota: { perSecond: 100, from: 'account' },
      forecast: { kind: 'no-trend', days: 14 },
    });
    const symmetric = of('CryptographicOperationsSymmetric');
    expect(symmetric).toMatchObject({ verdict: { value: 'pass' }, forecast: { kind: 'rising' } });
    expect(symmetric?.peak?.share).toBeGreaterThan(0.6);
    expect(symmetric?.peak?.at).toMatch(/T02:3\d/);
    expect(symmetric?.days).toHaveLength(15);
    expect(symmetric?.forecast?.daysLeft).toBeGreaterThan(5);
    const rest = [...(home?.uses ?? []), ...others.flatMap(({ uses }) => uses)].filter(
      ({ verdict }) => verdict.value === 'fail' || verdict.value === 'cannot-tell',
    );
    expect(rest.map(({ resource }) => resource)).toEqual(['ListGrants']);
    expect(home?.evidence.map(({ operation }) => operation)).toEqual([
      'cloudwatch:GetMetricData',
      'cloudwatch:GetMetricData',
    ]);
  });

  it('never says that a log without throttled calls proves their absence', async () => {
    const [home] = await check();
    expect(home?.logged.verdict.value).toBe('cannot-tell');
    expect(home?.logged.verdict.reason).toContain('CloudTrail alone does not prove');
  });

  it('cannot tell where CloudWatch is denied, and names the permission', async () => {
    await setFaults(practice, [{ operation: 'cloudwatch:GetMetricData', kind: 'deny' }]);
    const [home] = await check();
    expect(new Set(home?.uses.map(({ verdict }) => verdict.value))).toEqual(
      new Set(['cannot-tell']),
    );
    expect(home?.uses[0]?.verdict.permission).toBe('cloudwatch:GetMetricData');
  });

  it('is told by the command line, with exit code 1', async () => {
    const { code, stdout } = await runOn(practice, throttlingCommand, { json: true });
    expect(code).toBe(1);
    const reports = throttlingReportSchema.array().parse(JSON.parse(stdout));
    expect(reports.map(({ region }) => region)).toEqual(practice.regions.slice(0, 1));
  });
});
