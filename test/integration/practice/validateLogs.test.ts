import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { askControl } from './askControl';

/** Debian's; another `aws` may stand earlier in the PATH. */
const awsPath = '/usr/bin/aws';
const bucket = 'audit-logs';
const trailArn = 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/audit';

/**
 * `validate-logs` gives its S3 clients no endpoint of its own; this plugin of the CLI sends what it
 * asks of S3 to the practice account, before it is signed.
 */
const plugin = `
import os

def awscli_initialize(hooks):
    hooks.register('before-sign.s3', to_practice)

def to_practice(request, **kwargs):
    if '.amazonaws.com' in request.url:
        path = request.url.split('.amazonaws.com', 1)[1]
        request.url = os.environ['PRACTICE_ENDPOINT'] + path
`;
const config = `[default]
s3 =
    addressing_style = path
[plugins]
cli_legacy_plugin_path = FOLDER
practice = practice_endpoint
`;

let practice: Practice;
let folder: string;

beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
  folder = await mkdtemp(join(tmpdir(), 'practice-validate-'));
  await mkdir(join(folder, 'plugins'));
  await writeFile(join(folder, 'plugins', 'practice_endpoint.py'), plugin);
  await writeFile(join(folder, 'config'), config.replace('FOLDER', join(folder, 'plugins')));
});
afterAll(async () => {
  await practice.close();
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function aws(...args: string[]): Promise<Ended> {
  const all = ['--endpoint-url', practice.endpoint, '--output', 'json', '--no-cli-pager', ...args];
  const env = {
    HOME: folder,
    PATH: '/usr/bin:/bin',
    AWS_ACCESS_KEY_ID: practice.accessKeyId,
    AWS_SECRET_ACCESS_KEY: practice.secretAccessKey,
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'config'),
    PRACTICE_ENDPOINT: practice.endpoint,
  };
  return new Promise((resolve) => {
    execFile(awsPath, all, { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await aws(...args);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout === '' ? '{}' : stdout) as Record<string, unknown>;
}

const clock = (body: { readonly set: string } | { readonly advance: string }) =>
  askControl(practice, 'clock', body);

async function validate(from: Date): Promise<Ended> {
  const to = new Date((await practice.now()).getTime() + 60_000);
  return aws(
    'cloudtrail',
    'validate-logs',
    '--trail-arn',
    trailArn,
    '--start-time',
    from.toISOString(),
    '--end-time',
    to.toISOString(),
  );
}

async function keysUnder(prefix: string): Promise<string[]> {
  const { Contents = [] } = (await json(
    's3api',
    'list-objects-v2',
    '--bucket',
    bucket,
    '--prefix',
    prefix,
  )) as { Contents?: { Key: string }[] };
  return Contents.map(({ Key }) => Key);
}

// A call of the AWS CLI takes seconds on a busy machine: Python starts anew each time.
describe("Debian's AWS CLI against the practice account's trail", { timeout: 240_000 }, () => {
  it('validates log files and digests, and finds what was changed and what was taken away', async () => {
    // From a known minute on: what is made in the same five minutes is in the same log file.
    const hour = 3_600_000;
    const begin = Math.ceil((await practice.now()).getTime() / hour) * hour;
    const start = new Date(begin + 58 * 60_000);
    await clock({ set: start.toISOString() });
    const place = 'LocationConstraint=eu-central-1';
    await json(
      's3api',
      'create-bucket',
      '--bucket',
      bucket,
      '--create-bucket-configuration',
      place,
    );
    await json(
      'cloudtrail',
      'create-trail',
      '--name',
      'audit',
      '--s3-bucket-name',
      bucket,
      '--enable-log-file-validation',
    );
    await json('cloudtrail', 'start-logging', '--name', 'audit');
    await json('kms', 'create-key', '--description', 'first');
    await clock({ advance: 'PT70M' });
    await json('kms', 'create-key', '--description', 'second');
    await clock({ advance: 'PT130M' });

    const sound = await validate(start);
    expect(sound.stderr).toBe('');
    expect(sound.code).toBe(0);
    expect(sound.stdout).toMatch(/4\/4 digest files valid/);
    expect(sound.stdout).toMatch(/2\/2 log files valid/);

    const [first = '', second = ''] = await keysUnder('AWSLogs/111122223333/CloudTrail/');
    expect(first).toMatch(
      /^AWSLogs\/111122223333\/CloudTrail\/eu-central-1\/\d{4}\/\d\d\/\d\d\/111122223333_CloudTrail_eu-central-1_\d{8}T\d{4}Z_\w{16}\.json\.gz$/,
    );
    const copied = await aws('s3', 'cp', `s3://${bucket}/${first}`, 'log.json.gz');
    expect(copied.code).toBe(0);
    const log = gunzipSync(await readFile(join(folder, 'log.json.gz'))).toString();
    const { Records } = JSON.parse(log) as { Records: { eventName: string }[] };
    expect(Records.map(({ eventName }) => eventName)).toContain('CreateKey');

    await writeFile(
      join(folder, 'changed.json.gz'),
      gzipSync(log.replace('practice-operator', 'somebody-else-now')),
    );
    await aws('s3', 'cp', 'changed.json.gz', `s3://${bucket}/${first}`);
    const changed = await validate(start);
    expect(changed.code).toBe(1);
    expect(changed.stderr).toContain(`${first}\tINVALID: hash value doesn't match`);

    await aws('s3api', 'delete-object', '--bucket', bucket, '--key', second);
    const gone = await validate(start);
    expect(gone.stderr).toContain(`${second}\tINVALID: not found`);

    const [digest = ''] = (
      await keysUnder('AWSLogs/111122223333/CloudTrail-Digest/eu-central-1/')
    ).slice(-2);
    const head = (await json('s3api', 'head-object', '--bucket', bucket, '--key', digest)) as {
      Metadata: Record<string, string>;
    };
    expect(head.Metadata).toEqual({
      signature: expect.stringMatching(/^[0-9a-f]{512}$/) as string,
      'signature-algorithm': 'SHA256withRSA',
    });
    await aws('s3api', 'delete-object', '--bucket', bucket, '--key', digest);
    const missing = await validate(start);
    expect(missing.stderr).toContain(`${digest}\tINVALID: not found`);
  });

  it('looks events up, and reads a part of an object', async () => {
    const looked = (await json(
      'cloudtrail',
      'lookup-events',
      '--lookup-attributes',
      'AttributeKey=EventName,AttributeValue=CreateTrail',
      '--max-items',
      '5',
    )) as { Events: { EventName: string; Username: string }[] };
    expect(looked.Events).toMatchObject([
      { EventName: 'CreateTrail', Username: 'practice-operator' },
    ]);
    const listed = (await json('s3api', 'list-buckets')) as { Buckets: { Name: string }[] };
    expect(listed.Buckets.map(({ Name }) => Name)).toEqual([bucket]);
    await writeFile(join(folder, 'small.txt'), 'one two three');
    await aws('s3', 'cp', 'small.txt', `s3://${bucket}/notes/small ü.txt`);
    const key = 'notes/small ü.txt';
    await json(
      's3api',
      'get-object',
      '--bucket',
      bucket,
      '--key',
      key,
      '--range',
      'bytes=4-6',
      'part',
    );
    expect(await readFile(join(folder, 'part'), 'utf8')).toBe('two');
    const ls = await aws('s3', 'ls', `s3://${bucket}/`);
    expect(ls.stdout).toContain('PRE AWSLogs/');
    expect(ls.stdout).toContain('PRE notes/');
    const nothing = await aws(
      's3api',
      'get-object',
      '--bucket',
      bucket,
      '--key',
      'nothing',
      'part',
    );
    expect(nothing.stderr).toContain('(NoSuchKey)');
    const nowhere = await aws('s3', 'ls', 's3://no-such-bucket-here');
    expect(nowhere.stderr).toContain('(NoSuchBucket)');
  });
});
