import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAws, type Aws } from '../../../electron/aws/index';
import { startPractice, type Practice } from '../../../electron/practice/index';
import type { AwsOptions } from '../../../electron/aws/types';
import { collectPosture } from '../../../electron/readiness/collect/index';
import type { Reading } from '../../../shared/model/readiness/evidence';
import {
  accountPostureSchema,
  type AccountPosture,
} from '../../../shared/model/readiness/posture/index';
import { setFaults } from '../events/practiceForTest';
import { startFaultProxy } from './faultProxy';

function open(options: Pick<AwsOptions, 'env' | 'chosen'> & Partial<AwsOptions>): Aws {
  return createAws({
    homeDir: '/nowhere',
    now: () => new Date(),
    realAccounts: { allowed: true },
    quotaPercent: () => 100,
    askMfa: () => Promise.reject(new Error('no MFA here')),
    onWrite: () => expect.fail('It only looks.'),
    tuning: { throttledAttempts: 2, failedAttempts: 1, backoffMs: 1 },
    ...options,
  });
}

async function collect(aws: Aws): Promise<AccountPosture> {
  const told: { done: number; expected: number }[] = [];
  const { signal } = new AbortController();
  const accounts = await collectPosture({ ...aws, signal, progress: (one) => void told.push(one) });
  const { done, expected } = told.at(-1) ?? expect.fail('It tells how far it is.');
  expect(done).toBe(expected);
  expect(accounts).toHaveLength(1);
  // As it is stored and read again.
  return accountPostureSchema.parse(JSON.parse(JSON.stringify(accounts[0])));
}

function answerOf<T>(reading: Reading<T>): T {
  if ('answer' in reading) return reading.answer;
  throw new Error(reading.refused.message);
}

/** Every reading that a value holds, with where it stands. */
function readingsIn(value: unknown, path = ''): { path: string; reading: Reading<unknown> }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, one]) => readingsIn(one, `${path}/${name}`));
  return 'calls' in value ? [{ path, reading: value as Reading<unknown> }, ...inner] : inner;
}

describe('in the practice company', () => {
  let practice: Practice;
  let aws: Aws;
  let company: AccountPosture;
  beforeAll(async () => {
    practice = await startPractice({ seed: 'company' });
    const regions = practice.regions;
    const chosen = { read: () => [{ connection: 'practice', regions }], write: () => {} };
    aws = open({ env: {}, practice, chosen });
    company = await collect(aws);
  });
  afterEach(() => setFaults(practice, []));
  afterAll(async () => {
    aws.close();
    await practice.close();
  });

  const at = (index: number) => company.regions[index] ?? expect.fail(`no Region ${index}`);

  it('tells who was asked, and every answer names its requests', () => {
    expect(company).toMatchObject({
      connection: 'practice',
      account: practice.accountId,
      principal: `arn:aws:iam::${practice.accountId}:user/practice-operator`,
    });
    const readings = readingsIn(company);
    expect(readings.length).toBeGreaterThan(80);
    for (const { path, reading } of readings) {
      expect(reading, path).toHaveProperty('answer');
      expect(reading.calls.length, path).toBeGreaterThan(0);
      for (const call of reading.calls) {
        expect(call.requestId, path).toMatch(/^[0-9a-f-]{36}$/);
        expect(Date.parse(call.asOf), path).not.toBeNaN();
        expect(call.error, path).toBeUndefined();
        expect(call.permission, path).toMatch(/^[a-z0-9]+:[A-Z]\w+$/);
      }
    }
  });

  it('knows the people, their policies as they were written, and the age of their keys', () => {
    const { users, roles, policies } = answerOf(company.identities.authorization);
    expect(users.map(({ name }) => name)).toEqual([
      'practice-operator',
      'alice-admin',
      'bruno-auditor',
      'carla-developer',
      'dora-oncall',
    ]);
    const carla = users.find(({ name }) => name === 'carla-developer');
    expect(carla?.tags).toEqual({ team: 'web-team' });
    expect(JSON.parse(carla?.inline[0]?.document ?? '')).toMatchObject({
      Statement: [{ Action: 'kms:*', Resource: '*' }, { Action: 'sts:AssumeRole' }],
    });
    expect(users.find(({ name }) => name === 'alice-admin')?.attached).toEqual([
      { arn: 'arn:aws:iam::aws:policy/AdministratorAccess', name: 'AdministratorAccess' },
    ]);
    expect(policies).toHaveLength(1);
    expect(JSON.parse(policies[0]?.document ?? '')).toMatchObject({
      Statement: [{ Action: '*', Resource: '*' }],
    });
    const support = roles.find(({ name }) => name === 'support-console');
    expect(JSON.parse(support?.inline[0]?.document ?? '')).toMatchObject({
      Statement: [{ Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: '*' }],
    });
    expect(JSON.parse(support?.trustPolicy ?? '')).toHaveProperty('Statement');

    const { users: lines } = answerOf(company.identities.credentials);
    expect(lines[0]).toMatchObject({ user: '<root_account>', mfa: true, accessKeys: [] });
    const days = (since: string | undefined) =>
      Math.round((Date.parse(company.asOf) - Date.parse(since ?? '')) / 86_400_000);
    expect(
      lines.slice(1).map(({ user, password, mfa, accessKeys }) => ({
        user,
        password,
        mfa,
        days: accessKeys.map(({ madeAt }) => days(madeAt)),
      })),
    ).toEqual([
      { user: 'practice-operator', password: false, mfa: false, days: [0] },
      { user: 'alice-admin', password: true, mfa: true, days: [40] },
      { user: 'bruno-auditor', password: false, mfa: false, days: [400] },
      { user: 'carla-developer', password: true, mfa: false, days: [720] },
      { user: 'dora-oncall', password: false, mfa: true, days: [75] },
    ]);
    expect(answerOf(company.identities.summary)).toEqual({
      rootHasMfa: true,
      rootHasAccessKeys: false,
    });
    expect(answerOf(company.identities.serverCertificates)).toMatchObject([
      { name: 'old-storefront' },
    ]);
  });

  it('knows of each bucket where it lies, its key, its policy and who may read it', () => {
    const buckets = answerOf(company.buckets);
    const shown = buckets.map((bucket) => {
      const { algorithm, keyId, bucketKey } = answerOf(bucket.encryption);
      return [
        bucket.name,
        bucket.region,
        keyId === undefined ? algorithm : 'own key',
        bucketKey,
        answerOf(bucket.versioning).status,
        answerOf(bucket.policy) !== null,
        answerOf(bucket.policyIsPublic),
        answerOf(bucket.publicAccessBlock)?.restrictPublicBuckets,
        answerOf(bucket.publicGrants)
          .map(({ group, permission }) => `${group} ${permission}`)
          .join(),
      ];
    });
    const [home, second, third] = practice.regions;
    expect(shown).toEqual([
      ['backup-copies', second, 'own key', true, 'enabled', true, false, true, ''],
      ['brand-assets', second, 'AES256', false, 'enabled', true, true, undefined, 'AllUsers READ'],
      ['checkout-receipts', third, 'own key', true, 'enabled', true, false, true, ''],
      ['company-athena-results', home, 'own key', true, 'enabled', true, false, true, ''],
      ['company-cloudtrail-logs', home, 'own key', true, 'enabled', true, false, true, ''],
      ['legacy-audit-logs', second, 'AES256', false, 'never', true, false, true, ''],
      ['payments-archive-2022', home, 'own key', true, 'enabled', true, false, true, ''],
      ['payments-data-lake', home, 'own key', false, 'enabled', true, false, true, ''],
      ['payments-documents', home, 'own key', true, 'enabled', true, false, true, ''],
      ['payments-exports', home, 'AES256', false, 'suspended', true, false, true, ''],
      ['payments-uploads', home, 'aws:kms', true, 'enabled', false, false, true, ''],
    ]);
    expect(answerOf(company.publicAccessBlock)).toBeNull();
    const documents = buckets.find(({ name }) => name === 'payments-documents');
    expect(documents && answerOf(documents.tags)).toEqual({
      Environment: 'production',
      DataClass: 'restricted',
    });
    const uploads = buckets.find(({ name }) => name === 'payments-uploads');
    expect(uploads && answerOf(uploads.tags)).toEqual({});
  });

  it('knows the volumes of each Region and what new ones get', () => {
    const shown = company.regions.map(({ volumes }) => ({
      on: answerOf(volumes.encryptionByDefault),
      key: answerOf(volumes.defaultKey).replace(/key\/.*/, 'key'),
      clear: answerOf(volumes.volumes).filter(({ encrypted }) => encrypted === false).length,
      of: answerOf(volumes.volumes).length,
      snapshots: answerOf(volumes.snapshots).map(({ encrypted }) => encrypted),
    }));
    const key = (index: number) =>
      `arn:aws:kms:${practice.regions[index]}:${practice.accountId}:key`;
    expect(shown).toEqual([
      { on: true, key: key(0), clear: 0, of: 4, snapshots: [] },
      { on: false, key: 'alias/aws/ebs', clear: 1, of: 2, snapshots: [false] },
      { on: true, key: key(2), clear: 0, of: 1, snapshots: [] },
    ]);
  });

  it('knows databases, tables, secrets, certificates and log groups', () => {
    const { databases, tables, secrets, certificates, logGroups } = at(0);
    const asOf = Date.parse(company.asOf);
    expect(
      answerOf(databases.instances).map(({ id, cluster, encrypted, authority, backupDays }) => [
        id,
        cluster,
        encrypted,
        authority,
        backupDays,
      ]),
    ).toEqual([
      ['payments-1', 'payments', true, 'rds-ca-rsa2048-g1', 35],
      ['payments-2', 'payments', true, 'rds-ca-rsa2048-g1', 35],
      ['ledger', undefined, true, 'rds-ca-rsa2048-g1', 35],
      ['reporting', undefined, false, 'rds-ca-rsa2048-g1', 7],
      ['crm', undefined, true, 'rds-ca-rsa2048-g1', 7],
      ['staging', undefined, true, 'rds-ca-2019', 0],
    ]);
    const staging = answerOf(databases.instances).find(({ id }) => id === 'staging');
    expect(staging?.certificateEndsAt).toBe('2024-08-22T17:08:50.000Z');
    expect(answerOf(databases.clusters)).toMatchObject([{ id: 'payments', encrypted: true }]);
    expect(answerOf(tables).map(({ name, table }) => [name, answerOf(table).key])).toEqual([
      ['card-token-map', 'kms'],
      ['portal-sessions', 'aws-owned'],
    ]);
    expect(answerOf(secrets)).toMatchObject([
      { name: 'prod/payments/database', rotates: true, rotationDays: 30 },
      { name: 'prod/bank-gateway/client', rotates: true, rotationDays: 90 },
    ]);
    const [processor] = answerOf(at(2).secrets);
    expect(processor).toMatchObject({ name: 'checkout/card-processor', rotates: false });
    expect(processor).not.toHaveProperty('keyId');
    const ends = (index: number) =>
      answerOf(at(index).certificates).map(({ domain, certificate }) => {
        const { endsAt, renews, renewal, keyAlgorithm, usedBy } = answerOf(certificate);
        const days = Math.round((Date.parse(endsAt ?? '') - asOf) / 86_400_000);
        return [domain, days, renews, renewal, keyAlgorithm, usedBy.length];
      });
    expect(ends(0)).toEqual([
      ['api.payments.example', 150, true, undefined, 'RSA_2048', 1],
      ['merchants.payments.example', 12, false, undefined, 'RSA_2048', 1],
      ['old-shop.payments.example', -30, false, undefined, 'RSA_2048', 0],
    ]);
    expect(ends(1)).toEqual([
      ['mail.payments.example', 26, true, 'PENDING_VALIDATION', 'RSA_2048', 1],
    ]);
    // ACM hides what is no RSA 2048 from who does not ask for it.
    expect(ends(2)).toEqual([
      ['checkout.payments.example', 170, true, undefined, 'EC_prime256v1', 1],
      ['terminals.payments.example', 310, false, undefined, 'RSA_1024', 1],
    ]);
    expect(answerOf(certificates)).toHaveLength(3);
    expect(
      answerOf(logGroups).map(({ name, keyId, retentionDays }) => [
        name,
        keyId !== undefined,
        retentionDays,
      ]),
    ).toEqual([
      ['/payments/portal', false, undefined],
      ['company-cloudtrail', true, 365],
    ]);
  });

  it('knows the backup vaults, their keys and locks, and where plans copy to', () => {
    const [home, second, third] = practice.regions;
    const arn = (region: string | undefined, rest: string) =>
      `arn:aws:backup:${region ?? ''}:${practice.accountId}:${rest}`;
    const vaults = company.regions.flatMap(({ backups }) => answerOf(backups.vaults));
    expect(vaults.map((vault) => [vault.arn, vault.locked, vault.minRetentionDays])).toEqual([
      [arn(home, 'backup-vault:company-backups'), true, 35],
      [arn(second, 'backup-vault:company-backup-copies'), true, 35],
      [arn(third, 'backup-vault:checkout-backups'), false, undefined],
    ]);
    const protectedOnes = company.regions.map(({ backups }) =>
      answerOf(backups.resources).map(({ arn: one }) => one.split(':').slice(5).join(':')),
    );
    expect(protectedOnes).toEqual([
      ['cluster:payments', 'db:ledger', 'db:reporting', expect.stringMatching(/^volume\/vol-/)],
      [],
      ['db:checkout', 'table/checkout-carts'],
    ]);
    // One for each resource, of some hundreds; what stopped 20 days ago is not among them.
    const points = vaults.map((vault) => answerOf(vault.points));
    expect(points.map((all) => all.length)).toEqual([4, 4, 1]);
    for (const { madeAt, status } of points.flat()) {
      expect(status).toBe('COMPLETED');
      expect(Date.parse(company.asOf) - Date.parse(madeAt)).toBeLessThan(25 * 3_600_000);
    }
    expect(points[0]?.map(({ encrypted }) => encrypted)).toEqual(
      expect.arrayContaining([true, true, false, true]),
    );
    for (const { keyId, awsOwned, lockDate, locked, recoveryPoints } of vaults) {
      expect(keyId).toMatch(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/);
      expect(awsOwned).toBe(false);
      expect(recoveryPoints).toBeGreaterThan(0);
      if (locked) expect(Date.parse(lockDate ?? '')).toBeLessThan(Date.parse(company.asOf));
    }
    const plans = company.regions.flatMap(({ backups }) => answerOf(backups.plans));
    const shown = plans.map(({ name, rules, selections }) => [
      name,
      answerOf(rules).map(({ name: rule, copies }) => [rule, copies]),
      answerOf(selections),
    ]);
    const copy = arn(second, 'backup-vault:company-backup-copies');
    expect(shown).toEqual([
      [
        'company-databases',
        [
          ['hourly', []],
          ['daily', [copy]],
        ],
        ['databases', 'volumes'],
      ],
      ['checkout-daily', [['daily', []]], ['checkout']],
    ]);
  });

  it('keeps no secret', () => {
    const text = JSON.stringify(company);
    expect(text).not.toContain(practice.secretAccessKey);
    expect(text).not.toContain('SecretString');
  });

  it.each([
    ['deny', 'denied'],
    ['throttle', 'throttled'],
    ['server-error', 'aws-error'],
    ['cut', 'unreachable'],
  ] as const)(
    'says where AWS answers with %s, and never that there is nothing',
    async (kind, code) => {
      for (const operations of [single, lists]) {
        const faults = operations.map(({ permission: operation }) => ({ operation, kind }));
        await setFaults(practice, faults);
        const refused = readingsIn(await collect(aws)).flatMap(({ path, reading }) =>
          'refused' in reading ? [{ path, ...reading }] : [],
        );
        for (const { path, refused: why } of refused) expect(why.code, path).toBe(code);
        for (const { operation, permission } of operations) {
          const touched = refused.filter(({ calls }) => calls.at(-1)?.operation === operation);
          expect(touched.length, operation).toBeGreaterThan(0);
          for (const { calls, refused: why } of touched) {
            expect(calls.at(-1)).toMatchObject({ permission });
            expect(calls.at(-1)?.error).toMatch(new RegExp(`^${code}: `));
            if (kind === 'deny') expect(why.permission).toBe(permission);
          }
        }
      }
    },
  );

  it('waits for a report that AWS is making, says so, and never takes it for one', async () => {
    const proxy = await startFaultProxy(practice.endpoint);
    proxy.set(['iam:GenerateCredentialReport'], 'in-progress');
    const chosen = {
      read: () => [{ connection: 'practice', regions: ['eu-west-1'] }],
      write: () => {},
    };
    const slow = open({
      env: {},
      practice: { ...practice, endpoint: proxy.url, now: () => practice.now() },
      chosen,
    });
    const told: string[] = [];
    const { signal } = new AbortController();
    const [account] = await collectPosture({
      ...slow,
      signal,
      progress: ({ waitsFor = '' }) => void told.push(waitsFor),
      reportWait: { firstMs: 1, longestMs: 4, atMostMs: 20 },
    });
    slow.close();
    await proxy.close();
    const credentials = account?.identities.credentials ?? expect.fail('no account');
    expect(credentials).toMatchObject({ refused: { code: 'timeout' } });
    // At once, then after 1, 2, 4, 4, 4 and 4 ms: another 4 would be more than 20.
    expect(credentials.calls.map(({ operation }) => operation)).toEqual(
      Array<string>(8).fill('iam:GenerateCredentialReport'),
    );
    expect(told).toContain('AWS is making the credential report');
    expect(told.at(-1)).toBe('');
  });

  it('ends at once where it is cancelled, and gives nothing', async () => {
    const abort = new AbortController();
    const progress = ({ done }: { done: number }) => {
      if (done === 1) abort.abort();
    };
    const work = collectPosture({ ...aws, signal: abort.signal, progress });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });
});

/** Every call of a collection with its permission, which faults are aimed at. */
const called = (operation: string, permission = operation) => ({ operation, permission });
/** Without an answer to these, others are not asked. */
const lists = [
  called('iam:GenerateCredentialReport'),
  called('s3:ListBuckets', 's3:ListAllMyBuckets'),
  called('dynamodb:ListTables'),
  called('acm:ListCertificates'),
  called('backup:ListBackupVaults'),
  called('backup:ListBackupPlans'),
];
const single = [
  called('iam:GetAccountAuthorizationDetails'),
  called('iam:GetAccountSummary'),
  called('iam:GetCredentialReport'),
  called('iam:ListServerCertificates'),
  called('s3:GetBucketEncryption', 's3:GetEncryptionConfiguration'),
  called('s3:GetBucketVersioning'),
  called('s3:GetBucketPolicy'),
  called('s3:GetBucketPolicyStatus'),
  called('s3:GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'),
  called('s3control:GetPublicAccessBlock', 's3:GetAccountPublicAccessBlock'),
  called('s3:GetBucketAcl'),
  called('s3:GetBucketTagging'),
  called('ec2:GetEbsEncryptionByDefault'),
  called('ec2:GetEbsDefaultKmsKeyId'),
  called('ec2:DescribeVolumes'),
  called('ec2:DescribeSnapshots'),
  called('rds:DescribeDBInstances'),
  called('rds:DescribeDBClusters'),
  called('dynamodb:DescribeTable'),
  called('secretsmanager:ListSecrets'),
  called('acm:DescribeCertificate'),
  called('logs:DescribeLogGroups'),
  called('backup:ListRecoveryPointsByBackupVault'),
  called('backup:ListProtectedResources'),
  called('backup:GetBackupPlan'),
  called('backup:ListBackupSelections'),
];

describe('in an empty account', () => {
  it('finds nothing, and says that it was told so', async () => {
    const practice = await startPractice({ seed: 'empty' });
    const regions = ['eu-central-1'];
    const chosen = { read: () => [{ connection: 'practice', regions }], write: () => {} };
    const aws = open({ env: {}, practice, chosen });
    try {
      const { identities, buckets, regions: places } = await collect(aws);
      expect(answerOf(identities.authorization).users.map(({ name }) => name)).toEqual([
        'practice-operator',
      ]);
      expect(answerOf(identities.serverCertificates)).toEqual([]);
      expect(answerOf(buckets)).toEqual([]);
      const place = places[0] ?? expect.fail('no Region');
      const { volumes, databases, tables, secrets, certificates, logGroups, backups } = place;
      expect(answerOf(volumes.encryptionByDefault)).toBe(false);
      for (const list of [
        volumes.volumes,
        volumes.snapshots,
        databases.instances,
        databases.clusters,
        tables,
        secrets,
        certificates,
        logGroups,
        backups.vaults,
        backups.plans,
        backups.resources,
      ]) {
        expect(answerOf<unknown>(list)).toEqual([]);
      }
    } finally {
      aws.close();
      await practice.close();
    }
  });
});

describe('where no account can be reached', () => {
  it('every reading says so, and none is empty', async () => {
    const aws = open({
      env: {
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'none',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        AWS_CONFIG_FILE: '/nowhere/config',
        AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
      },
      chosen: {
        read: () => [{ connection: 'environment', regions: ['eu-central-1'] }],
        write: () => {},
      },
    });
    const account = await collect(aws);
    aws.close();
    expect(account).not.toHaveProperty('account');
    const readings = readingsIn(account);
    expect(readings).toHaveLength(19);
    for (const { path, reading } of readings) {
      if (path === '/publicAccessBlock') {
        // Without STS nobody knows of which account to ask.
        expect(reading).toMatchObject({ refused: {}, calls: [] });
        continue;
      }
      expect(reading, path).toMatchObject({
        refused: { code: 'unreachable' },
        calls: [{ error: expect.stringMatching(/^unreachable: /) as string }],
      });
    }
  });
});
