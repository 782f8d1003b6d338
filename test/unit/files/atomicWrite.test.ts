import * as nodeFiles from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomically, type WriteFiles } from '../../../electron/files/atomicWrite';
import { AppError } from '../../../shared/model/errors';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'claviger-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return (error as AppError).code;
}

test('writes all parts in order, readable by the owner alone', async () => {
  const path = join(folder, 'keys.csv');
  await writeFileAtomically(path, ['a,b\n', '1,ü\n']);
  expect(await readFile(path, 'utf8')).toBe('a,b\n1,ü\n');
  expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600');
  expect(await readdir(folder)).toEqual(['keys.csv']);
});

test('writes bytes as they are', async () => {
  const path = join(folder, 'report.pdf');
  await writeFileAtomically(path, [new Uint8Array([0x25, 0xff, 0x00]), 'ü']);
  expect([...(await readFile(path))]).toEqual([0x25, 0xff, 0x00, 0xc3, 0xbc]);
});

test('replaces a readable file by one of mode 0600', async () => {
  const path = join(folder, 'keys.csv');
  await writeFile(path, 'old', { mode: 0o644 });
  await writeFileAtomically(path, ['new']);
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600');
});

test('replaces a symbolic link instead of writing through it', async () => {
  const target = join(folder, 'target');
  const path = join(folder, 'link');
  await writeFile(target, 'untouched');
  await symlink(target, path);
  await writeFileAtomically(path, ['new']);
  expect(await readFile(target, 'utf8')).toBe('untouched');
  expect(await readFile(path, 'utf8')).toBe('new');
});

// Needs Linux' /dev/full.
test.runIf(process.platform === 'linux')(
  'a full disk gives disk-full, keeps the old file and leaves no part behind',
  async () => {
    const path = join(folder, 'keys.csv');
    await writeFile(path, 'old');
    // The kernel itself says ENOSPC: every write to /dev/full does.
    const full: WriteFiles = {
      ...nodeFiles,
      open: async (file, flags, mode) => {
        if (flags !== 'wx') return nodeFiles.open(file, flags, mode);
        await writeFile(file, '');
        return nodeFiles.open('/dev/full', 'w');
      },
    };
    expect(await codeOf(writeFileAtomically(path, ['new'], full))).toBe('disk-full');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['keys.csv']);
  },
);

test('content that breaks off leaves the old file and no part, and its error passes', async () => {
  const path = join(folder, 'keys.csv');
  await writeFile(path, 'old');
  async function* broken() {
    yield 'half';
    throw new AppError('cancelled', 'Cancelled.');
  }
  expect(await codeOf(writeFileAtomically(path, broken()))).toBe('cancelled');
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['keys.csv']);
});

test('a folder that is not there gives file-failed with the name, not the path', async () => {
  const work = writeFileAtomically(join(folder, 'none', 'keys.csv'), ['x']);
  await expect(work).rejects.toMatchObject({ code: 'file-failed', detail: { file: 'keys.csv' } });
  await expect(work).rejects.toThrow(/keys\.csv could not be written: the folder does not exist/);
});

test('a folder in the way of the name gives file-failed and leaves no part', async () => {
  const path = join(folder, 'taken');
  await nodeFiles.mkdir(join(path, 'inside'), { recursive: true });
  expect(await codeOf(writeFileAtomically(path, ['x']))).toBe('file-failed');
  expect(await readdir(folder)).toEqual(['taken']);
});
