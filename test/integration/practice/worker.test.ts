import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { startPracticeWorker } from '../../../electron/practice/index';

const bundle = new URL('../../../dist/main/practice-worker.js', import.meta.url);
let folder: string;

beforeEach(async () => {
  if (!existsSync(bundle)) throw new Error('The worker is not built: run "npm run build" first.');
  folder = await mkdtemp(join(tmpdir(), 'practice-worker-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('serves from a thread of its own, tells its time, and ends', async () => {
  const practice = await startPracticeWorker({ seed: 'empty', stateDir: folder }, bundle);
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  const client = new KMSClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
  });
  expect((await client.send(new CreateKeyCommand({}))).KeyMetadata?.KeyState).toBe('Enabled');
  expect(Math.abs((await practice.now()).getTime() - Date.now())).toBeLessThan(60_000);
  client.destroy();
  await practice.close();
  await practice.close();
  await expect(practice.now()).rejects.toMatchObject({ code: 'unreachable' });
});

it('says why it cannot start', async () => {
  const first = await startPracticeWorker({ seed: 'empty', stateDir: folder }, bundle);
  await expect(
    startPracticeWorker({ seed: 'empty', stateDir: folder }, bundle),
  ).rejects.toMatchObject({ name: 'AppError', code: 'conflict' });
  await first.close();
});
