import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { withLock } from '../../../electron/launch/lock.mjs';
import { killHard, start, temporaryFolder, type Running } from './processes';

const module = pathToFileURL(join(import.meta.dirname, '../../../electron/launch/lock.mjs')).href;

/** Another process that takes the lock, says so, and keeps it until it is killed. */
function holder(name: string, address?: string): Running {
  const options = address ? JSON.stringify({ address }) : '{}';
  return start([
    '--input-type=module',
    '--eval',
    `import { withLock } from ${JSON.stringify(module)};
     await withLock(${JSON.stringify(name)}, () => {
       console.log('held');
       return new Promise((resolve) => setTimeout(resolve, 600_000));
     }, ${options});`,
  ]);
}

test('work of one name runs one after the other, of two names at once', async () => {
  const name = temporaryFolder();
  const order: string[] = [];
  let finishFirst = () => {};
  const first = withLock(name, async () => {
    order.push('first begins');
    await new Promise<void>((resolve) => (finishFirst = resolve));
    order.push('first ends');
  });
  let second: Promise<void> | undefined;
  await new Promise<void>((onWait) => {
    second = withLock(name, () => void order.push('second'), { onWait });
  });
  await withLock(`${name} other`, () => void order.push('other'));
  finishFirst();
  await first;
  await second;
  expect(order).toEqual(['first begins', 'other', 'first ends', 'second']);
});

test('an error of the work is passed on and frees the lock', async () => {
  const name = temporaryFolder();
  const work = () => Promise.reject(new Error('broken'));
  await expect(withLock(name, work)).rejects.toThrow('broken');
  expect(await withLock(name, () => 'free')).toBe('free');
});

test('the lock of a process that was killed is free', async () => {
  const name = temporaryFolder();
  const other = holder(name);
  await other.says('held');
  let waited = () => {};
  const waits = new Promise<void>((resolve) => (waited = resolve));
  const mine = withLock(name, () => 'mine', { onWait: waited });
  await waits;
  await killHard(other);
  expect(await mine).toBe('mine');
});

test.runIf(process.platform !== 'win32')(
  'where the lock is a file, the one that a killed process left behind is taken over',
  async () => {
    const name = temporaryFolder();
    const address = join(name, 'lock.sock');
    const other = holder(name, address);
    await other.says('held');
    await killHard(other);
    expect(existsSync(address)).toBe(true);
    expect(await withLock(name, () => 'mine', { address })).toBe('mine');
  },
);
