import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { memoryFolder } from '../../../electron/launch/memoryFolder';
import { temporaryFolder } from './temporary';

/** Mounts a file system in memory with these options; undefined where this user may not mount one. */
function mounted(options: string): string | undefined {
  const folder = temporaryFolder();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'claviger-test', folder]);
  if (status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

test('there is none where the folder is missing, or is a file', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(memoryFolder(join(temporaryFolder(), 'nowhere'))).toBeUndefined();
  expect(memoryFolder(file)).toBeUndefined();
});

test('memory with room that runs programs is used, and nothing is left in it but the folder', ({
  skip,
}) => {
  const under = mounted('size=3g') ?? skip('mounting needs root');
  const folder = memoryFolder(under) ?? expect.fail('none');
  expect(existsSync(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
  expect(readdirSync(under)).toEqual([]);
});

test.for([
  ['there is too little room, as in many containers', 'size=64m'],
  ['programs may not run', 'size=3g,noexec'],
  ['nothing may be written', 'size=3g,ro'],
] as const)('memory where %s is not used, and left clean', ([, options], { skip }) => {
  const under = mounted(options) ?? skip('mounting needs root');
  expect(memoryFolder(under)).toBeUndefined();
  expect(readdirSync(under)).toEqual([]);
});
