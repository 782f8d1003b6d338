import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissionFor } from '../../../electron/aws/operations';
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

/** Each fault is a run of its own: in a Region with few keys and two trails, but for the tables, which are elsewhere. */
const small = 'eu-west-1';
const withTables = 'eu-central-1'; // and with backups
let region = small;

const kms = ['ListKeys', 'DescribeKey', 'ListAliases', 'ListResourceTags']
  .concat(['GetKeyRotationStatus', 'ListKeyRotations', 'GetKeyPolicy', 'ListGrants'])
  .map((name) => ({ source: 'keys' as const, apis: [`kms:${name}`] }));
const trails = [
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:GetEventSelectors',
  'logs:DescribeMetricFilters',
  'cloudwatch:DescribeAlarms',
  'sns:ListSubscriptionsByTopic',
].map((api) => ({ source: 'trails' as const, apis: [api] }));
/** One of each service at once: they do not rest on each other. S3 by the name of the request. */
const posture = [
  'iam:GetAccountAuthorizationDetails s3:ListBuckets ec2:GetEbsEncryptionByDefault rds:DescribeDBInstances dynamodb:ListTables secretsmanager:ListSecrets acm:ListCertificates logs:DescribeLogGroups',
  'iam:GetAccountSummary s3:GetBucketEncryption ec2:GetEbsDefaultKmsKeyId rds:DescribeDBClusters acm:DescribeCertificate',
  'iam:ListServerCertificates s3:GetBucketPolicy ec2:DescribeVolumes',
  'iam:GenerateCredentialReport s3:GetBucketPolicyStatus ec2:DescribeSnapshots',
  'iam:GetCredentialReport',
  'dynamodb:DescribeTable backup:ListBackupVaults backup:ListBackupPlans backup:ListProtectedResources',
  'backup:ListRecoveryPointsByBackupVault backup:GetBackupPlan',
  'backup:ListBackupSelections s3:GetBucketAcl',
  's3:GetPublicAccessBlock',
  's3control:GetPublicAccessBlock',
].map((names) => ({ source: 'posture' as const, apis: names.split(' ') }));

let dataDir: string;
let practice: Practice;
let proxy: FaultProxy;
let store: Store;
let aws: Aws;
let keys: Keys;
let tls: Tls;
let readiness: Readiness;

const now = () => new Date();

/** Opened anew for each group: what AWS refused in one slows the next one's calls down, as it should. */
function open(): void {
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
}

async function shut(): Promise<void> {
  await readiness.close();
  await keys.close();
  await tls.close();
  aws.close();
}

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
  store = openStore({ dataDir, now });
}, 120_000);
afterAll(async () => {
  store.close();
  await proxy.close();
  await practice.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function verdicts(source: 'keys' | 'trails' | 'posture'): Promise<Map<string, string>> {
  const { signal } = new AbortController();
  const state = await readiness.handlers.run({ sources: [source] }, { signal, progress: () => {} });
  return new Map(state.checks.map(({ id, verdict }) => [id, verdict.value]));
}

describe.each([...posture, ...kms, ...trails])('with $apis', ({ source, apis }) => {
  beforeAll(open);
  afterAll(shut);

  const affectedBy = (api: string) =>
    checks.filter(
      ({ permissions, reads }) =>
        permissions.includes(permissionFor(api)) && reads.includes(source),
    );

  it.each(faultKinds)('%s nothing that rests on it passes', async (kind) => {
    region = apis.some((api) => /^(?:dynamodb:DescribeTable|backup:)/.test(api))
      ? withTables
      : small;
    proxy.set(apis, kind);
    const found = await verdicts(source);
    // A fault that no request meets proves nothing.
    expect([...proxy.met].toSorted()).toEqual(apis.toSorted());
    for (const api of apis) {
      const affected = affectedBy(api);
      expect(affected.length, api).toBeGreaterThan(0);
      for (const { id, reads } of affected) {
        const verdict = found.get(id);
        // Data under a key is listed by another source: where there is none, nothing of it has to be told.
        const isOfData = source === 'keys' && reads.includes('posture');
        expect(
          ['fail', 'cannot-tell', ...(isOfData ? ['not-applicable'] : [])],
          `${api}: ${id} is ${verdict ?? 'missing'}`,
        ).toContain(verdict);
      }
    }
    proxy.clear();
  });
});

it('passes again once every answer is right', async () => {
  proxy.clear();
  region = small;
  open();
  expect((await verdicts('keys')).get('keys-not-pending-deletion')).not.toBe('cannot-tell');
  expect((await verdicts('trails')).get('trail-on')).toBe('pass');
  await shut();
});
