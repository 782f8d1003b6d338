import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAws, type Aws } from '../../../electron/aws/index';
import { checkTrails } from '../../../electron/events/trailCheck/checkTrails';
import { openJournal } from '../../../electron/journal/index';
import { createKeys, type Keys } from '../../../electron/keys/index';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { createReadiness, type Readiness } from '../../../electron/readiness/index';
import { openSettings } from '../../../electron/settings/index';
import { openStore, type Store } from '../../../electron/store/index';
import { createTls, type Tls } from '../../../electron/tls/index';
import { checks } from '../../../shared/model/readiness/checks/index';
import { faultKinds, startFaultProxy, type FaultProxy } from './faultProxy';

/** A Region of the company with few keys and two trails: each fault is a run of its own. */
const region = 'eu-west-1';
/** What is read through which source; data at rest has its own tests of refusals. */
const apis = [
  ...['ListKeys', 'DescribeKey', 'ListAliases', 'ListResourceTags'].map((name) => `kms:${name}`),
  ...['GetKeyRotationStatus', 'ListKeyRotations', 'GetKeyPolicy', 'ListGrants'].map(
    (name) => `kms:${name}`,
  ),
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:GetEventSelectors',
  'logs:DescribeMetricFilters',
  'cloudwatch:DescribeAlarms',
  'sns:ListSubscriptionsByTopic',
];

let dataDir: string;
let practice: Practice;
let proxy: FaultProxy;
let store: Store;
let aws: Aws;
let keys: Keys;
let tls: Tls;
let readiness: Readiness;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'claviger-readiness-'));
  practice = await startPractice({ seed: 'company' });
  // The account itself would first deliver the log files of a year before it told their status.
  proxy = await startFaultProxy(practice.endpoint, {
    'cloudtrail:GetTrailStatus': () => ({
      IsLogging: true,
      LatestDeliveryTime: Date.now() / 1000,
      LatestDigestDeliveryTime: Date.now() / 1000,
      LatestCloudWatchLogsDeliveryTime: Date.now() / 1000,
    }),
  });
  const now = () => new Date();
  store = openStore({ dataDir, now });
  aws = createAws({
    env: {},
    homeDir: dataDir,
    now,
    practice: { ...practice, endpoint: proxy.url, now: () => practice.now() },
    realAccounts: { allowed: false },
    quotaPercent: () => 100,
    chosen: { read: () => [{ connection: 'practice', regions: [region] }], write: () => {} },
    askMfa: () => Promise.reject(new Error('No MFA here')),
    onWrite: () => {},
    tuning: { throttledAttempts: 2, failedAttempts: 2, backoffMs: 1, maxBackoffMs: 2 },
  });
  const saveFile = () => Promise.resolve(null);
  const values = openSettings({ store });
  const shared = { ...aws, store, now, saveFile };
  keys = createKeys(shared);
  tls = createTls({
    ...shared,
    values,
    version: '0.0.0-test',
    practiceServers: () => Promise.resolve([]),
    onDefect: (error) => {
      throw error;
    },
  });
  readiness = createReadiness({
    ...shared,
    journal: openJournal({ store, now, operator: 'officer' }),
    values,
    keys,
    checkTrails: (_input, context) => checkTrails({ ...aws, ...context }),
    tls,
    secrets: { last: () => undefined, rescan: () => Promise.resolve() },
    drills: { list: () => [], facts: { plans: () => [], findings: () => [] } },
    tagNames: values.read,
    operator: 'officer',
    version: '0.0.0-test',
  });
}, 120_000);
afterAll(async () => {
  await readiness.close();
  await keys.close();
  await tls.close();
  aws.close();
  store.close();
  await proxy.close();
  await practice.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function verdicts(source: 'keys' | 'trails'): Promise<Map<string, string>> {
  const { signal } = new AbortController();
  const state = await readiness.handlers.run({ sources: [source] }, { signal, progress: () => {} });
  return new Map(state.checks.map(({ id, verdict }) => [id, verdict.value]));
}

describe.each(apis)('with %s', (api) => {
  const source = api.startsWith('kms:') ? 'keys' : 'trails';
  const affected = checks.filter(
    ({ permissions, reads }) => permissions.includes(api) && reads.includes(source),
  );

  it.each(faultKinds)('%s nothing that rests on it passes', async (kind) => {
    expect(affected.length).toBeGreaterThan(0);
    proxy.set(api, kind);
    const found = await verdicts(source);
    // A fault that no request meets proves nothing.
    expect(proxy.met).toBeGreaterThan(0);
    for (const { id } of affected) {
      expect(['fail', 'cannot-tell'], `${id} is ${found.get(id) ?? 'missing'}`).toContain(
        found.get(id),
      );
    }
    proxy.clear();
  });
});

it('passes again once every answer is right', async () => {
  proxy.clear();
  expect((await verdicts('keys')).get('keys-not-pending-deletion')).not.toBe('cannot-tell');
  expect((await verdicts('trails')).get('trail-on')).toBe('pass');
});
