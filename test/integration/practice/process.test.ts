import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  KMSClient,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { runCli, startCli } from '../cli/runCli';
import { askControl } from './askControl';
import { s3Of } from './s3Client';

let folder: string;
const started: ReturnType<typeof startCli>[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-process-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function start(...options: string[]) {
  const child = startCli(folder, ['practice', '--state', join(folder, 'state'), ...options]);
  started.push(child);
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const told = JSON.parse(line) as {
    endpoint: string;
    accessKeyId: string;
    secretAccessKey: string;
    regions: string[];
  };
  return { child, told };
}

function clientOf(told: { endpoint: string; accessKeyId: string; secretAccessKey: string }) {
  const { endpoint, accessKeyId, secretAccessKey } = told;
  return new KMSClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
}

it('keeps every key that it acknowledged before it was killed', async () => {
  const { child, told } = await start();
  const client = clientOf(told);
  const acknowledged: string[] = [];
  let killed = false;
  const callers = Array.from({ length: 4 }, async () => {
    while (!killed) {
      try {
        const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
        acknowledged.push(KeyMetadata?.KeyId ?? '');
      } catch {
        return;
      }
      if (acknowledged.length === 60) {
        killed = true;
        child.kill('SIGKILL');
      }
    }
  });
  await once(child, 'exit');
  await Promise.all(callers);
  client.destroy();

  const again = await start();
  expect(again.told.secretAccessKey).toBe(told.secretAccessKey);
  const reader = clientOf(again.told);
  const { Keys = [] } = await reader.send(new ListKeysCommand({ Limit: 1000 }));
  expect(Keys.map(({ KeyId }) => KeyId)).toEqual(expect.arrayContaining(acknowledged));
  reader.destroy();
});

it('keeps the event of every call and every object that it acknowledged before it was killed', async () => {
  const { child, told } = await start();
  const put = s3Of(told);
  const place =
    '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';
  expect(await put('/evidence', 'PUT', place)).toBe(200);
  const client = clientOf(told);
  const changed: string[] = [];
  const described: string[] = [];
  const stored: string[] = [];
  const changes = (async () => {
    for (;;) {
      const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
      changed.push(KeyMetadata?.Arn ?? '');
      const read = await client.send(new DescribeKeyCommand({ KeyId: KeyMetadata?.KeyId }));
      described.push(read.$metadata.requestId ?? '');
    }
  })();
  const uploads = (async () => {
    for (let index = 0; ; index++) {
      const path = `/evidence/${index}.txt`;
      if ((await put(path, 'PUT', `object ${index}`)) === 200) stored.push(path);
      if (stored.length === 40) child.kill('SIGKILL');
    }
  })();
  const ended = Promise.allSettled([changes, uploads]);
  await once(child, 'exit');
  await ended;
  client.destroy();
  expect(changed.length).toBeGreaterThan(10);

  const again = await start();
  const { endpoint, accessKeyId, secretAccessKey } = again.told;
  await askControl(again.told, 'clock', { advance: 'PT6M' });
  const trail = new CloudTrailClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
  });
  const recorded = new Set<string>();
  const requests = new Set<string>();
  for await (const { Events = [] } of paginateLookupEvents({ client: trail }, {})) {
    for (const { Resources = [], CloudTrailEvent = '{}' } of Events) {
      recorded.add(Resources[0]?.ResourceName ?? '');
      requests.add((JSON.parse(CloudTrailEvent) as { requestID?: string }).requestID ?? '');
    }
  }
  trail.destroy();
  expect([...recorded]).toEqual(expect.arrayContaining(changed));
  expect([...requests]).toEqual(expect.arrayContaining(described));
  const read = s3Of(again.told);
  for (const path of stored) expect(await read(path, 'HEAD')).toBe(200);
});

it('takes fixed credentials and ends with 0 on SIGTERM', async () => {
  const secret = 's'.repeat(40);
  const { child, told } = await start(
    '--seed',
    'empty',
    '--access-key-id',
    'AKIAPRACTICE12345678',
    '--secret-access-key',
    secret,
  );
  expect(told).toEqual({
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    accessKeyId: 'AKIAPRACTICE12345678',
    secretAccessKey: secret,
    regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
  });
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
});

it('refuses a folder that another practice account has, and wrong options', async () => {
  await start();
  const second = await runCli(folder, ['practice', '--state', join(folder, 'state')]);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('Another practice account already runs on this folder.');
  expect((await runCli(folder, ['practice', '--port', 'many'])).code).toBe(2);
  expect((await runCli(folder, ['practice', '--seed', 'nothing'])).code).toBe(2);
});
