import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPracticeWorker, type Practice } from '../../electron/practice/index';
import { recordFigures, type Figure } from './figures';

const worker = new URL('../../dist/main/practice-worker.js', import.meta.url);
const repetitions = 7;
let folder: string;
const figures: Figure[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-bench-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  recordFigures('Practice account', figures);
});

it('starts on a state that is there', async () => {
  const stateDir = join(folder, 'company');
  await (await startPracticeWorker({ stateDir, seed: 'company' }, worker)).close();
  const times: number[] = [];
  for (let i = 0; i < repetitions; i += 1) {
    const from = performance.now();
    const practice = await startPracticeWorker({ stateDir, seed: 'company' }, worker);
    times.push(performance.now() - from);
    await practice.close();
  }
  figures.push({
    what: 'Start on the company’s state, in a thread, until it answers',
    value: median(times),
    unit: 'ms',
    goal: 'within 300 ms',
  });
  expect(times).toHaveLength(repetitions);
});

it('is emptied by a reset', async () => {
  for (const [what, seed] of [
    ['the company', 'company'],
    ['10,000 keys', 'large'],
  ] as const) {
    const stateDir = join(folder, `reset-${seed}`);
    const practice = await startPracticeWorker({ stateDir, seed: 'empty' }, worker);
    const times: number[] = [];
    for (let i = 0; i < (seed === 'large' ? 3 : repetitions); i += 1) {
      await reset(practice, { seed });
      times.push(await reset(practice, {}));
    }
    await practice.close();
    figures.push({
      what: `POST /_practice/reset of an account with ${what}`,
      value: median(times),
      unit: 'ms',
      goal: 'within 50 ms',
    });
    expect(times.length).toBeGreaterThan(0);
  }
});

it('answers GenerateDataKey', async () => {
  const stateDir = join(folder, 'keys');
  const practice = await startPracticeWorker({ stateDir, seed: 'empty' }, worker);
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  const kms = new KMSClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: new NodeHttpHandler({
      httpAgent: new Agent({ keepAlive: true, maxSockets: 16 }),
    }),
  });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const command = () =>
    new GenerateDataKeyCommand({ KeyId: KeyMetadata?.KeyId, KeySpec: 'AES_256' });
  await callFor(kms, command, 1000); // warm
  const perSecond = await callFor(kms, command, 5000);
  kms.destroy();
  await practice.close();
  figures.push({
    what: 'GenerateDataKey, the SDK in one thread and the account in another',
    value: perSecond,
    unit: 'requests/s',
    goal: 'at least 2,000/s on two cores',
  });
  expect(perSecond).toBeGreaterThan(0);
});

/** Calls from 16 sides at once for so long; gives calls per second. */
async function callFor(kms: KMSClient, command: () => GenerateDataKeyCommand, ms: number) {
  const from = performance.now();
  let calls = 0;
  const side = async () => {
    while (performance.now() - from < ms) {
      await kms.send(command());
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, side));
  return calls / ((performance.now() - from) / 1000);
}

/** Resets the account; gives the milliseconds that took, from request to answer. */
async function reset(practice: Practice, body: { seed?: string }): Promise<number> {
  const user = Buffer.from(`${practice.accessKeyId}:${practice.secretAccessKey}`);
  const from = performance.now();
  const answer = await fetch(`${practice.endpoint}/_practice/reset`, {
    method: 'POST',
    headers: { authorization: `Basic ${user.toString('base64')}` },
    body: JSON.stringify(body),
  });
  expect(await answer.json()).toEqual({ reset: true });
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
