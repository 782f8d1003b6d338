import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPracticeWorker, type Practice } from '../../electron/practice/index';
import { recordFigures, type Figure } from './figures';

const worker = new URL('../../dist/main/practice-worker.js', import.meta.url);
const region = 'eu-central-1';
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
  const credentials = { accessKeyId, secretAccessKey };
  const kms = new KMSClient({ endpoint, region, credentials });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  kms.destroy();
  const call = await signedCall(practice, 'GenerateDataKey', {
    KeyId: KeyMetadata?.KeyId,
    KeySpec: 'AES_256',
  });
  await callFor(call, 2000); // warm
  const cpuBefore = process.cpuUsage();
  const { perSecond, calls } = await callFor(call, 5000);
  const { user, system } = process.cpuUsage(cpuBefore);
  await practice.close();
  figures.push(
    {
      what: 'GenerateDataKey, the client in one thread and the account in another',
      value: perSecond,
      unit: 'requests/s',
      goal: 'at least 2,000/s on two cores',
    },
    {
      what: 'CPU time of one GenerateDataKey, client and account together',
      value: (user + system) / 1000 / calls,
      unit: 'ms',
    },
  );
  expect(perSecond).toBeGreaterThan(0);
});

/**
 * A call that is signed once and sent as often as wanted, by the least of a client: an SDK would be
 * measured instead of the account.
 */
async function signedCall(practice: Practice, operation: string, input: object) {
  const { hostname, port, host } = new URL(practice.endpoint);
  const body = JSON.stringify(input);
  const signer = new SignatureV4({
    service: 'kms',
    region,
    credentials: practice,
    sha256: Sha256 as never,
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: {
      host,
      'content-type': 'application/x-amz-json-1.1',
      'content-length': String(body.length),
      'x-amz-target': `TrentService.${operation}`,
    },
    body,
  });
  const agent = new Agent({ keepAlive: true });
  return () =>
    new Promise<void>((resolve, reject) => {
      const sent = request({ hostname, port, method: 'POST', headers, agent }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`HTTP ${answer.statusCode}`));
        answer.resume().on('end', resolve);
      });
      sent.on('error', reject).end(body);
    });
}

/** Calls from 16 sides at once for so long. */
async function callFor(call: () => Promise<void>, ms: number) {
  const from = performance.now();
  let calls = 0;
  const side = async () => {
    while (performance.now() - from < ms) {
      await call();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, side));
  return { calls, perSecond: calls / ((performance.now() - from) / 1000) };
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

/** What the signer asks of a hash. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
}
