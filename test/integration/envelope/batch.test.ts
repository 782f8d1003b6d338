import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisableKeyCommand } from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import type { BatchProgress, ItemResult } from '../../../shared/model/envelope/jobs';
import { openWorkbench } from './workbench';

const megabyte = 1024 * 1024;
const patient = { timeout: 20_000, interval: 200 };

it('a cancelled batch leaves nothing, and says what was cancelled', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const source = await bench.file('large', randomBytes(160 * megabyte));
  const abort = new AbortController();
  const run = bench.client.encrypt(
    { batch: 'b', sources: [source.id], keys: [key] },
    {
      signal: abort.signal,
      onProgress: (progress) => {
        if (progress.kind === 'bytes' && progress.done > megabyte) abort.abort();
      },
    },
  );
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  // The caller is told at once; the disk is cleared when the piece in work has ended.
  await expect.poll(() => readdirSync(bench.folder), patient).toEqual(['large']);
});

it('a paused batch reads no further until it may go on', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const source = await bench.file('large', randomBytes(40 * megabyte));
  const events: BatchProgress[] = [];
  let paused: Promise<unknown> | undefined;
  const run = bench.client.encrypt(
    { batch: 'b', sources: [source.id], keys: [key] },
    {
      onProgress(progress) {
        events.push(progress);
        if (progress.kind === 'bytes') {
          paused ??= bench.client.pause({ batch: 'b', paused: true });
        }
      },
    },
  );
  await expect.poll(() => paused, patient).toBeDefined();
  expect(await paused).toEqual({ found: true });
  let settled = false;
  void run.finally(() => (settled = true));
  const count = () => events.filter(({ kind }) => kind === 'bytes').length;
  let before = -1;
  await expect
    .poll(() => {
      const same = count() === before;
      before = count();
      return same;
    }, patient)
    .toBe(true);
  expect(settled).toBe(false);
  expect(await bench.client.pause({ batch: 'b', paused: false })).toEqual({ found: true });
  expect(await run).toMatchObject({ done: 1, failed: 0, cancelled: 0 });
  expect(await bench.client.pause({ batch: 'b', paused: true })).toEqual({ found: false });
});

it('one source that fails stops no other', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const sources = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((name) => bench.file(name, name)),
  );
  writeFileSync(join(bench.folder, 'c.envelope.json'), 'in the way');
  const items = await bench.encrypt({ sources: sources.map(({ id }) => id), keys: [key] });
  const states = Object.fromEntries(items.map(({ name, state }) => [name, state]));
  expect(states).toEqual({ a: 'done', b: 'done', c: 'failed', d: 'done', e: 'done' });
});

it('a key that is refused fails every source with the permission or state that is missing', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  await bench.kms().send(new DisableKeyCommand({ KeyId: key.arn }));
  const source = await bench.file('a', 'a');
  for (const format of ['simple', 'esdk'] as const) {
    const [item] = await bench.encrypt({ sources: [source.id], keys: [key], format });
    expect(item).toMatchObject({ state: 'failed', error: { code: 'wrong-state' } });
  }
  expect(readdirSync(bench.folder)).toEqual(['a']);
});

it('many small files have a data key each', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const folder = join(bench.folder, 'many');
  await import('node:fs/promises').then(({ mkdir }) => mkdir(folder));
  for (let index = 0; index < 60; index += 1) writeFileSync(join(folder, `${index}`), `${index}`);
  const source = await bench.source(folder);
  const items = await bench.encrypt({ sources: [source.id], keys: [key], folders: 'each-file' });
  expect(items.every(({ state }) => state === 'done')).toBe(true);
  const requests = new Set(items.map(({ keys }) => keys?.[0]?.requestId));
  expect(requests.size).toBe(60);
});

it('removes a source once its envelope was opened again, and only then', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const items: ItemResult[] = [];
  for (const format of ['simple', 'esdk'] as const) {
    const source = await bench.file(`source-${format}`, 'content');
    const [item] = await bench.encrypt({
      sources: [source.id],
      keys: [key],
      format,
      removeSource: true,
    });
    expect(item).toMatchObject({ state: 'done', sourceRemoved: true });
    expect(existsSync(source.path)).toBe(false);
    if (item) items.push(item);
  }
  for (const { path } of items) {
    const envelope = await bench.source(path ?? '');
    const [opened] = await bench.decrypt({ sources: [envelope.id], verifyOnly: true });
    expect(opened?.state).toBe('done');
  }
});

it('takes no name that leads elsewhere, and no file for a place', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const source = await bench.file('a', 'a');
  for (const name of ['../b', '/tmp/b', '..', 'a/b', 'a\\b']) {
    await expect(bench.encrypt({ sources: [source.id], keys: [key], name })).rejects.toMatchObject({
      code: 'bad-request',
    });
  }
  await expect(
    bench.encrypt({ sources: [source.id], keys: [key], place: source.id }),
  ).rejects.toMatchObject({ code: 'bad-request' });
  await expect(bench.encrypt({ sources: ['/etc/passwd'], keys: [key] })).rejects.toMatchObject({
    code: 'not-found',
  });
});
