import { mkdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unzip } from '../../../electron/launch/unzip';
import { temporaryFolder } from './temporary';
import { zip, type ZipEntry } from './zip';

function archive(entries: ZipEntry[]) {
  const folder = temporaryFolder();
  const file = join(folder, 'a.zip');
  writeFileSync(file, zip(entries));
  const target = join(folder, 'out');
  mkdirSync(target);
  return { file, target };
}

test('files come out with their content, folders and permissions', async () => {
  const { file, target } = archive([
    { name: 'bin/', content: '', mode: 0o040755 },
    { name: 'bin/run', content: 'x'.repeat(100_000), mode: 0o100755 },
    { name: 'notes.txt', content: 'für alle' },
  ]);
  await unzip(file, target);
  expect(readFileSync(join(target, 'bin/run'), 'utf8')).toHaveLength(100_000);
  expect(statSync(join(target, 'bin/run')).mode & 0o777).toBe(0o755);
  expect(readFileSync(join(target, 'notes.txt'), 'utf8')).toBe('für alle');
});

test('a symbolic link stays one', async () => {
  const { file, target } = archive([{ name: 'link', content: 'bin/run', mode: 0o120777 }]);
  await unzip(file, target);
  expect(readlinkSync(join(target, 'link'))).toBe('bin/run');
});

test('entries can be renamed and left out', async () => {
  const { file, target } = archive([
    { name: 'App/App', content: 'program' },
    { name: 'App/other', content: 'unwanted' },
  ]);
  await unzip(file, target, (name) => (name === 'App/App' ? 'electron' : undefined));
  expect(readFileSync(join(target, 'electron'), 'utf8')).toBe('program');
  expect(() => statSync(join(target, 'App'))).toThrow('ENOENT');
});

test('an entry that would land outside the folder is refused', async () => {
  const { file, target } = archive([{ name: 'a/b', content: 'x' }]);
  await expect(unzip(file, target, () => '../out-of-here')).rejects.toMatchObject({
    code: 'bad-response',
  });
});

test('an archive that was cut is refused', async () => {
  const { file, target } = archive([{ name: 'a', content: 'x'.repeat(1000) }]);
  writeFileSync(file, readFileSync(file).subarray(0, 60));
  await expect(unzip(file, target)).rejects.toThrow();
});
