import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startScanThreads } from '../../../../electron/tls/scanThreads';
import type { ScanJob } from '../../../../electron/tls/scanJob';
import { temporaryFolder } from '../../store/temporaryFolder';

/** Speaks the worker's messages: answers with its thread's number, breaks, or waits for the cancel. */
const workerText = `
import { parentPort, threadId } from 'node:worker_threads';
const held = new Set();
parentPort.on('message', ({ type, id, job }) => {
  if (type === 'cancel') { held.delete(id); return; }
  if (job.host === 'break') throw new Error('broken');
  if (job.host === 'defect') parentPort.postMessage({ type: 'failed', id, message: 'a defect' });
  else if (job.host === 'hold') held.add(id);
  else parentPort.postMessage({ type: 'result', id, result: { thread: threadId, held: held.size } });
});`;

function open(threads: number) {
  const file = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(file, workerText);
  const scanner = startScanThreads(pathToFileURL(file), threads);
  onTestFinished(() => scanner.close());
  const scan = (host: string, signal = new AbortController().signal) =>
    scanner.scan({ host } as ScanJob, signal) as unknown as Promise<{
      thread: number;
      held: number;
    }>;
  return { scan, scanner };
}

it('gives work to the thread that has the least', async () => {
  const { scan } = open(2);
  const abort = new AbortController();
  const held = scan('hold', abort.signal);
  const [first, second] = [await scan('a'), await scan('b')];
  expect(first.held).toBe(0);
  expect(second.thread).toBe(first.thread);
  abort.abort(new Error('enough'));
  await expect(held).rejects.toThrow('enough');
});

it('tells a cancelled scan to its thread, which does not end by it', async () => {
  const { scan } = open(1);
  const abort = new AbortController();
  const held = scan('hold', abort.signal);
  expect((await scan('a')).held).toBe(1);
  abort.abort(new Error('enough'));
  await expect(held).rejects.toThrow('enough');
  expect((await scan('a')).held).toBe(0);
  await expect(scan('a', abort.signal)).rejects.toThrow('enough');
});

it('fails the scans of a thread that breaks, and goes on with another', async () => {
  const { scan } = open(1);
  const held = scan('hold');
  const { thread } = await scan('a');
  await expect(scan('defect')).rejects.toThrow('a defect');
  await expect(scan('break')).rejects.toThrow('broken');
  await expect(held).rejects.toThrow('broken');
  expect((await scan('a')).thread).not.toBe(thread);
});

it('fails what still runs when it is closed', async () => {
  const { scan, scanner } = open(1);
  const held = scan('hold');
  await scan('a');
  const failed = expect(held).rejects.toThrow('has ended');
  await scanner.close();
  await failed;
});
