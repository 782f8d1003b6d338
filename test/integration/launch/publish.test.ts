import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isComplete } from '../../../electron/launch/publish';
import { buildDriver, killHard, start, temporaryFolder } from './processes';

let buildDir: string;
let driver: string;
beforeAll(async () => {
  buildDir = mkdtempSync(join(tmpdir(), 'claviger-driver-'));
  driver = await buildDriver(buildDir);
});
afterAll(() => rmSync(buildDir, { recursive: true, force: true }));

const run = (command: string, folder: string) =>
  start([driver, command, JSON.stringify({ folder })]);
const complete = (folder: string) => isComplete(folder, 'marker.json');

test('of several processes at once one fills the folder and all find it complete', async () => {
  const folder = join(temporaryFolder(), 'target');
  const all = [1, 2, 3].map(() => run('publish', folder).ended);
  const logs = (await Promise.all(all)).map(({ log }) => log);
  expect(logs.filter((log) => log.includes('filling'))).toHaveLength(1);
  expect(complete(folder)).toBe(true);
});

test('what a killed process left is never taken for complete, and the next start clears it away', async () => {
  const parent = temporaryFolder();
  const folder = join(parent, 'target');
  const cut = run('half', folder);
  await cut.says('half');
  await killHard(cut);
  expect(complete(folder)).toBe(false);
  expect(readdirSync(parent)).toHaveLength(1); // the half-filled folder
  expect((await run('publish', folder).ended).result.value).toBe(true);
  expect(readdirSync(parent)).toEqual(['target']);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('complete');
});

test('a process that waits takes over when the one that works is killed', async () => {
  const folder = join(temporaryFolder(), 'target');
  const first = run('half', folder);
  await first.says('half');
  const second = run('publish', folder);
  await killHard(first);
  expect((await second.ended).result.value).toBe(true);
  expect(complete(folder)).toBe(true);
});

test('a complete folder that lost or changed a file is filled again', async () => {
  const folder = join(temporaryFolder(), 'target');
  await run('publish', folder).ended;
  writeFileSync(join(folder, 'file'), 'comp');
  expect(complete(folder)).toBe(false);
  await run('publish', folder).ended;
  rmSync(join(folder, 'file'));
  expect(complete(folder)).toBe(false);
  expect((await run('publish', folder).ended).result.value).toBe(true);
  expect(complete(folder)).toBe(true);
});

test.runIf(process.platform === 'linux')(
  'a full disk gives a sentence and leaves nothing behind',
  async () => {
    const parent = temporaryFolder();
    const { result } = await run('full', join(parent, 'target')).ended;
    expect(result.error?.code).toBe('disk-full');
    expect(result.error?.message).toContain('XDG_CACHE_HOME');
    expect(readdirSync(parent)).toEqual([]);
  },
);
