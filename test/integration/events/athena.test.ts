import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  AthenaClient,
  CreateWorkGroupCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AthenaQuestion } from '../../../shared/model/events/athena';
import { eventQuerySchema } from '../../../shared/model/events/query';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli } from '../cli/runCli';
import { askControl } from '../practice/askControl';
import { openOn } from './practiceForTest';
import { bucket, region, trailAccount, type TrailAccount } from './trailCopy';

const results = 'query-results';
const place = `s3://${results}/claviger/`;
const connection = 'environment';
let account: TrailAccount;
let athena: AthenaClient;

beforeAll(async () => {
  account = await trailAccount(3);
  await account.s3.send(new CreateBucketCommand({ Bucket: results }));
  const { endpoint, accessKeyId, secretAccessKey } = account.practice;
  athena = new AthenaClient({
    region,
    endpoint,
    credentials: { accessKeyId, secretAccessKey },
  });
  const ResultConfiguration = { OutputLocation: place };
  for (const [Name, BytesScannedCutoffPerQuery] of [
    ['audit', undefined],
    ['small', 10_000_000],
  ] as const) {
    const Configuration = {
      ResultConfiguration,
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery,
    };
    await athena.send(new CreateWorkGroupCommand({ Name, Configuration }));
  }
}, 120_000);
afterAll(async () => {
  athena.destroy();
  await account.close();
});

const open = () => openOn(account.practice, region);

async function question(changes: Partial<AthenaQuestion> = {}): Promise<AthenaQuestion> {
  const now = await account.practice.now();
  const since = new Date(now.getTime() - 2 * 86_400_000).toISOString();
  return {
    connection,
    region,
    uri: `s3://${bucket}`,
    since,
    until: now.toISOString(),
    workGroup: 'audit',
    names: [],
    failuresOnly: false,
    ...changes,
  };
}

const deny = (...operations: string[]) => askControl(account.practice, 'deny', { operations });

const everything = { query: eventQuerySchema.parse({}), offset: 0, limit: 500 };

describe('Athena over a trail’s bucket', () => {
  it('offers the trails and the workgroups of an account', async () => {
    const { client } = await open();
    const choices = await client.events.athenaChoices({ connection, region });
    expect(choices.problems).toEqual([]);
    expect(choices.trails).toMatchObject([{ name: 'audit', uri: `s3://${bucket}` }]);
    expect(choices.workGroups).toEqual([
      { name: 'audit', enforced: true, outputLocation: place },
      { name: 'primary', enforced: false },
      { name: 'small', enforced: true, outputLocation: place, bytesLimit: 10_000_000 },
    ]);
    await deny('athena:ListWorkGroups');
    const refused = await client.events.athenaChoices({ connection, region });
    await deny();
    expect(refused.trails).toHaveLength(1);
    expect(refused.problems.join()).toContain('athena:ListWorkGroups');
  });

  it('tells what a question costs by the objects that it reads, and asks nothing yet', async () => {
    const { client } = await open();
    const plan = await client.events.planAthena(await question());
    let size = 0;
    let objects = 0;
    for (const Key of (await account.keys()).filter((key) => key.includes('/CloudTrail/'))) {
      const head = await account.s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
      size += head.ContentLength ?? 0;
      objects += 1;
    }
    expect(plan).toMatchObject({
      objects,
      bytes: size,
      accounts: ['111122223333'],
      outputLocation: place,
      workGroup: 'audit',
      costUsd: 0.00005,
    });
    expect(plan.regions).toContain(region);
    expect(plan.overLimit).toBeUndefined();
    const { entries } = await client.journal.list({ limit: 50 });
    expect(entries.map(({ what }) => what)).not.toContain('athena:StartQueryExecution');
  });

  it('takes the same events in as the log files have, each once, and says what was rebuilt', async () => {
    const { client } = await open();
    const plan = await client.events.planAthena(await question());
    const told: string[] = [];
    const report = await client.events.importAthena(
      { planId: plan.id, costUsd: plan.costUsd },
      { onProgress: ({ what }) => told.push(what) },
    );
    expect(report.problems).toEqual([]);
    expect(report.bytesScanned).toBe(plan.bytes);
    expect(told.join()).toMatch(/Athena: (queued|running|succeeded)/);
    const { rows, total } = await client.events.page(everything);
    expect(total).toBe(report.added);
    expect(rows.filter(({ name }) => name === 'CreateKey')).toHaveLength(3);
    const { coverage } = await client.events.coverage();
    expect(coverage[0]?.sources).toEqual(['athena']);

    const fromFiles = await open();
    await fromFiles.client.events.importBucket({ connection, region, uri: `s3://${bucket}` });
    for (const row of rows) {
      const other = await fromFiles.client.events.event({ eventId: row.eventId });
      expect(row).toEqual(other.row);
      expect(other.source).toBe('bucket');
    }
    const { raw, source } = await client.events.event({ eventId: rows[0]?.eventId ?? '' });
    expect(source).toBe('athena');
    expect(JSON.parse(raw)).toMatchObject({ eventID: rows[0]?.eventId });

    // The log files bring nothing new of what Athena gave.
    const twice = await client.events.importBucket({ connection, region, uri: `s3://${bucket}` });
    expect(twice.duplicates).toBe(total);
    const { entries } = await client.journal.list({ limit: 50 });
    const asked = entries.find(({ what }) => what === 'events.importAthena');
    expect(asked?.facts).toMatchObject({ costUsd: plan.costUsd });
    expect(entries.map(({ what }) => what)).toContain('athena:StartQueryExecution');
  });

  it('reads the trail of an organisation, each account of it, and asks which where there are more', async () => {
    const logs = 'org-logs';
    await account.s3.send(new CreateBucketCommand({ Bucket: logs }));
    const now = await account.practice.now();
    const day = now.toISOString().slice(0, 10).replaceAll('-', '/');
    const put = async (owner: string, id: string) => {
      const record = {
        eventVersion: '1.11',
        eventID: `${owner}${id}`,
        eventTime: `${now.toISOString().slice(0, 19)}Z`,
        eventSource: 'kms.amazonaws.com',
        eventName: 'DisableKey',
        awsRegion: region,
        recipientAccountId: id,
      };
      const stamp = `${day.replaceAll('/', '')}T0000Z_${id}aaaa`;
      const key = `audit/AWSLogs/${owner}${id}/CloudTrail/${region}/${day}/${id}_CloudTrail_${region}_${stamp}.json.gz`;
      const Body = gzipSync(JSON.stringify({ Records: [record] }));
      await account.s3.send(new PutObjectCommand({ Bucket: logs, Key: key, Body }));
    };
    await put('o-abc123/', '111122223333');
    await put('o-abc123/', '444455556666');
    const { client } = await open();
    const uri = `s3://${logs}/audit`;
    const plan = await client.events.planAthena(await question({ uri }));
    expect(plan).toMatchObject({ objects: 2, accounts: ['111122223333', '444455556666'] });
    const report = await client.events.importAthena({ planId: plan.id, costUsd: plan.costUsd });
    expect(report.added).toBe(2);
    const { coverage } = await client.events.coverage();
    expect(coverage.map((each) => each.account)).toEqual(['111122223333', '444455556666']);

    await put('', '111122223333');
    await expect(client.events.planAthena(await question({ uri }))).rejects.toThrow(
      'add /AWSLogs/o-abc123 or /AWSLogs/ACCOUNT',
    );
    const named = await question({ uri: `${uri}/AWSLogs/o-abc123` });
    expect((await client.events.planAthena(named)).objects).toBe(2);
    const single = await question({ uri: `${uri}/AWSLogs/111122223333` });
    expect((await client.events.planAthena(single)).objects).toBe(1);
  });

  it('narrows by key, by names and by failures', async () => {
    const { client } = await open();
    const ask = async (changes: Partial<AthenaQuestion>) => {
      const plan = await client.events.planAthena(await question(changes));
      return client.events.importAthena({ planId: plan.id, costUsd: plan.costUsd });
    };
    expect(await ask({ failuresOnly: true })).toMatchObject({ events: 0 });
    expect(await ask({ names: ['CreateKey'] })).toMatchObject({ events: 3 });
    const { rows } = await client.events.page(everything);
    const [key = ''] = rows[0]?.keys ?? [];
    expect(key).toMatch(/^arn:/);
    expect(await ask({ key })).toMatchObject({ events: 1, duplicates: 1 });
  });

  it('runs only what was shown, at the cost that was shown', async () => {
    const { client } = await open();
    await expect(
      client.events.importAthena({ planId: 'another', costUsd: 0 }),
    ).rejects.toMatchObject({ code: 'not-found' });
    const plan = await client.events.planAthena(await question());
    await expect(client.events.importAthena({ planId: plan.id, costUsd: 0 })).rejects.toMatchObject(
      { code: 'bad-request' },
    );
    const long = await client.events.planAthena(
      await question({ since: '2020-01-01T00:00:00Z', until: '2020-02-01T00:00:00Z' }),
    );
    expect(long).toMatchObject({ objects: 0, bytes: 0, costUsd: 0 });
    await expect(client.events.importAthena({ planId: long.id, costUsd: 0 })).rejects.toThrow(
      'There is no log file in this time',
    );
  });

  it.each([
    [{ uri: 'bucket' }, 'bad-request', 'bucket is no bucket'],
    [{ uri: 's3://no-such-bucket-here' }, 'not-found', 'The specified bucket does not exist'],
    [{ uri: `s3://${bucket}/elsewhere` }, 'not-found', 'There are no log files of a trail'],
    [{ uri: `s3://${bucket}/AWSLogs/o-abc` }, 'not-found', 'organisation o-abc'],
    [{ workGroup: 'none' }, 'aws-error', 'WorkGroup none is not found'],
    [{ workGroup: 'primary' }, 'bad-request', 'does not say where results go'],
    [
      { workGroup: 'primary', outputLocation: 'results' },
      'bad-request',
      'results is no place for results',
    ],
    [{ until: '2000-01-01' }, 'bad-request', 'The time needs a begin, and an end after it'],
  ])('%j is told in a sentence', async (changes, code, sentence) => {
    const { client } = await open();
    const asked = client.events.planAthena(await question(changes));
    await expect(asked).rejects.toMatchObject({ code });
    await expect(asked).rejects.toThrow(sentence);
  });

  it.each(['athena:StartQueryExecution', 'glue:CreateTable', 's3:PutObject'])(
    'names %s where it is missing',
    async (permission) => {
      const { client } = await open();
      const plan = await client.events.planAthena(await question());
      await deny(permission);
      const asked = client.events.importAthena({ planId: plan.id, costUsd: plan.costUsd });
      await expect(asked).rejects.toMatchObject({ code: 'denied', detail: { permission } });
      await deny();
    },
  );

  it('is stopped at AWS when it is cancelled', async () => {
    await putNoise();
    const { client } = await open();
    const plan = await client.events.planAthena(await question());
    // Others come first: the practice account runs one query after the other.
    const [, table = '', select = ''] = plan.statements;
    for (const QueryString of [plan.statements[0], table, ...Array(8).fill(select)] as string[]) {
      await athena.send(new StartQueryExecutionCommand({ QueryString, WorkGroup: 'audit' }));
    }
    const abort = new AbortController();
    await expect(
      client.events.importAthena(
        { planId: plan.id, costUsd: plan.costUsd },
        {
          signal: abort.signal,
          onProgress: ({ what }) => what.includes('queued') && abort.abort(),
        },
      ),
    ).rejects.toMatchObject({ code: 'cancelled' });
    await expect
      .poll(async () => (await client.journal.list({ limit: 20 })).entries.map(({ what }) => what))
      .toContain('athena:StopQueryExecution');
  });

  it('warns of the workgroup’s limit before, and tells when AWS cuts the query off', async () => {
    await putNoise();
    const { client } = await open();
    const plan = await client.events.planAthena(await question({ workGroup: 'small' }));
    expect(plan.overLimit).toBe(10_000_000);
    await expect(
      client.events.importAthena({ planId: plan.id, costUsd: plan.costUsd }),
    ).rejects.toMatchObject({ code: 'limit-exceeded' });
  });
});

describe('claviger events import --athena', () => {
  const run = async (...args: string[]) => {
    const { endpoint, accessKeyId, secretAccessKey } = account.practice;
    const env = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
    };
    const all = ['events', 'import', '--athena', `s3://${bucket}`, '--endpoint-url', endpoint];
    return runCli(temporaryFolder(), [...all, '--workgroup', 'audit', ...args], env);
  };
  /** The day before the first event: the account's clock may have left this machine's day. */
  const since = async () => {
    const now = await account.practice.now();
    return new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
  };

  it('shows the cost, and asks nothing unless that is agreed to', async () => {
    const ended = await run('--since', await since());
    expect(ended.stderr).toContain('Athena would read all of it: about US$ 0.000');
    expect(ended.stderr).toContain('Without a terminal, --yes agrees to the cost.');
    expect([ended.code, ended.stdout]).toEqual([2, '']);
  });

  it('imports with --yes', async () => {
    // The account's clock is ahead of this machine's.
    const until = (await account.practice.now()).toISOString();
    const time = ['--since', await since(), '--until', until];
    const ended = await run(...time, '--name', 'CreateKey', '--yes', '--json');
    expect(ended.code).toBe(0);
    const report = JSON.parse(ended.stdout) as { added: number; bytesScanned: number };
    expect(report).toMatchObject({ added: 3 });
    expect(report.bytesScanned).toBeGreaterThan(0);
  });

  it.each([
    [[], 2, '--athena needs --since'],
    [['file.json', '--since', '2026-11-01'], 2, 'Name one of files, --lookup, --s3 and --athena.'],
    [['--since', '2001-01-01', '--until', '2001-02-01', '--yes'], 1, 'nothing was asked'],
  ])('%j ends with a sentence', async (args, code, sentence) => {
    const ended = await run(...args);
    expect(ended.stderr).toContain(sentence);
    expect(ended.code).toBe(code);
  });
});

/** Sixteen log files of some 700 kB each, of events that nobody asks for; they go with the test. */
async function putNoise(): Promise<void> {
  const now = await account.practice.now();
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/');
  const folder = `AWSLogs/111122223333/CloudTrail/${region}/${day}`;
  for (let n = 0; n < 16; n += 1) {
    const noise = randomBytes(700_000).toString('base64');
    const Records = [{ eventID: `noise ${n}`, eventName: 'Noise', requestParameters: { noise } }];
    const name = `${day.replaceAll('/', '')}T0000Z_${`noise${n}`.padEnd(16, 'x')}.json.gz`;
    const key = `${folder}/111122223333_CloudTrail_${region}_${name}`;
    await account.put(key, gzipSync(JSON.stringify({ Records })));
    onTestFinished(async () => {
      await account.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    });
  }
}
