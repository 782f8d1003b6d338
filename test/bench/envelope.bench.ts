import { spawn } from 'node:child_process';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDecrypt } from '@aws-crypto/decrypt-node';
import { buildEncrypt } from '@aws-crypto/encrypt-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayKeyring } from '../../electron/envelope/esdk/keyring';
import { startThreads } from '../../electron/envelope/threads';
import type { Job, Outcome } from '../../electron/envelope/work/types';
import { exampleKey, localKms } from '../unit/envelope/localKms';
import { recordFigures, type Figure } from './figures';

const worker = new URL('../../dist/main/envelope-worker.js', import.meta.url);
const megabyte = 1024 * 1024;
/** `CLAVIGER_BENCH_GIB=5` for the large file. */
const bytes = Number(process.env['CLAVIGER_BENCH_GIB'] ?? 1) * 1024 * megabyte;
const smallFiles = 10_000;
const figures: Figure[] = [];
let folder = '';
let source = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-bench-'));
  source = join(folder, 'source');
  const file = openSync(source, 'w');
  const piece = randomBytes(64 * megabyte);
  for (let at = 0; at < bytes; at += piece.length) writeSync(file, piece);
  fsyncSync(file);
  closeSync(file);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  recordFigures('Envelopes', figures);
});

describe('one file', () => {
  it('is sealed and opened beside raw AES-256-GCM, openssl and the library’s defaults', async () => {
    const raw = await best(2, () => timed(() => rawPass('seal')));
    const rawOpen = await best(2, () => timed(() => rawPass('open')));
    const openssl = await best(2, () => timed(opensslEnc));
    const workers = startThreads(worker, 1, localKms(), fail);
    const memoryBefore = process.memoryUsage().rss;
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    try {
      const sealed = join(folder, 'sealed.esdk');
      const opened = join(folder, 'opened');
      const seal = await best(2, () => timed(() => run(workers, sealJob(source, sealed, 'esdk'))));
      const open = await best(2, () => timed(() => run(workers, openJob(sealed, opened))));
      const verify = await best(2, () => timed(() => run(workers, openJob(sealed))));
      expect(statSync(opened).size).toBe(bytes);
      const rate = (ms: number) => bytes / 1e6 / (ms / 1000);
      const size = `${bytes / 1024 / megabyte} GiB`;
      clearInterval(watch);
      const defaults = await libraryDefaults();
      figures.push(
        mb(`Raw AES-256-GCM of node:crypto from file to file, ${size}`, rate(raw)),
        mb(`Raw AES-256-GCM, opened likewise`, rate(rawOpen)),
        mb(`openssl enc -aes-256-ctr (no authentication), from file to file`, rate(openssl)),
        mb(
          `Sealed from file to file with both hashes, ${size}`,
          rate(seal),
          `at least 600, or 0.3 of raw (${Math.round(0.3 * rate(raw))})`,
        ),
        mb(
          `Opened from file to file with both hashes, ${size}`,
          rate(open),
          `at least 600, or 0.3 of raw (${Math.round(0.3 * rate(rawOpen))})`,
        ),
        mb('Verified only', rate(verify)),
        mb('AWS Encryption SDK with its defaults, in memory: encrypt 128 MiB', defaults.encrypt),
        mb('AWS Encryption SDK with its defaults, in memory: decrypt 128 MiB', defaults.decrypt),
        {
          what: `Memory that sealing and opening ${size} adds to the process at its peak`,
          value: (peak - memoryBefore) / megabyte,
          unit: 'MB',
          goal: 'at most 150, whatever the size',
        },
      );
    } finally {
      clearInterval(watch);
      await workers.close();
    }
  });
});

describe('many small files', () => {
  it('are sealed with a data key each', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    const names = Array.from({ length: smallFiles }, (_, index) => join(many, String(index)));
    for (const name of names) writeFileSync(name, randomBytes(1000));
    const workers = startThreads(worker, 2, localKms(), fail);
    try {
      const ms = await timed(async () => {
        const queue = names.values();
        await Promise.all(
          Array.from({ length: 16 }, async () => {
            for (const name of queue) await run(workers, sealJob(name, `${name}.json`, 'simple'));
          }),
        );
      });
      figures.push({
        what: `${smallFiles.toLocaleString('en')} files of 1,000 bytes, each fsynced, KMS answering at once`,
        value: smallFiles / (ms / 1000),
        unit: 'files/s',
        goal: 'at least 500',
      });
    } finally {
      await workers.close();
    }
  });
});

function mb(what: string, value: number, goal?: string): Figure {
  return { what, value, unit: 'MB/s', ...(goal !== undefined && { goal }) };
}

function sealJob(path: string, out: string, format: 'simple' | 'esdk'): Job {
  return {
    kind: 'seal',
    path,
    source: 'file',
    out: { path: out, replace: true, tag: 'bench' },
    format,
    keys: [exampleKey],
    context: { purpose: 'bench' },
    archive: false,
    removeSource: false,
    created: '2026-11-28T12:00:00.000Z',
  };
}

function openJob(path: string, out?: string): Job {
  return {
    kind: 'open',
    path,
    unpack: true,
    ...(out !== undefined && { out: { path: out, replace: true, tag: 'bench' } }),
  };
}

function run(workers: ReturnType<typeof startThreads>, job: Job): Promise<Outcome> {
  return workers.run(job, { signal: new AbortController().signal, progress: () => {} });
}

/** One pass of 1 MiB pieces through the cipher, from file to file. */
function rawPass(way: 'seal' | 'open'): Promise<void> {
  const key = Buffer.alloc(32, 1);
  const iv = Buffer.alloc(12, 2);
  const cipher =
    way === 'seal'
      ? createCipheriv('aes-256-gcm', key, iv)
      : createDecipheriv('aes-256-gcm', key, iv);
  const from = openSync(source, 'r');
  const to = openSync(join(folder, 'raw'), 'w');
  const piece = Buffer.allocUnsafe(megabyte);
  for (let read = readSync(from, piece); read > 0; read = readSync(from, piece)) {
    writeSync(to, cipher.update(piece.subarray(0, read)));
  }
  fsyncSync(to);
  closeSync(to);
  closeSync(from);
  return Promise.resolve();
}

async function opensslEnc(): Promise<void> {
  const args = ['enc', '-aes-256-ctr', '-K', '01'.repeat(32), '-iv', '02'.repeat(16)];
  const child = spawn('openssl', [...args, '-in', source, '-out', join(folder, 'openssl')]);
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
}

async function libraryDefaults(): Promise<{ encrypt: number; decrypt: number }> {
  const length = 128 * megabyte;
  const askKms = localKms();
  const message: Buffer[] = [];
  const encrypt = await timed(async () => {
    const stream = buildEncrypt().encryptStream(new GatewayKeyring(askKms, [exampleKey]));
    createReadStream(source, { end: length - 1, highWaterMark: megabyte }).pipe(stream);
    for await (const piece of stream) message.push(piece as Buffer);
  });
  const decrypt = await timed(async () => {
    const stream = buildDecrypt().decryptStream(new GatewayKeyring(askKms, undefined));
    stream.end(Buffer.concat(message));
    let total = 0;
    for await (const piece of stream) total += (piece as Buffer).length;
    expect(total).toBe(length);
  });
  return { encrypt: length / 1e6 / (encrypt / 1000), decrypt: length / 1e6 / (decrypt / 1000) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The quickest of several: the others tell of the machine's other work. */
async function best(times: number, measure: () => Promise<number>): Promise<number> {
  let least = Infinity;
  for (let index = 0; index < times; index += 1) least = Math.min(least, await measure());
  return least;
}

function fail(error: unknown): never {
  throw error instanceof Error ? error : new Error(String(error));
}
