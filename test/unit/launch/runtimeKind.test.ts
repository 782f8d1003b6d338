import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runtimeKind, runtimeMarker } from '../../../electron/launch/runtimeKind';
import { temporaryFolder } from './temporary';

test('an Electron of the pinned version without a marker is the official one', () => {
  expect(runtimeKind(join(temporaryFolder(), 'electron'), '45.4.1', '45.4.1')).toEqual({
    kind: 'official',
  });
});

test('a marker beside the executable makes it the evaluation runtime, whatever its version and content', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, runtimeMarker), '');
  expect(runtimeKind(join(folder, 'electron'), '45.4.1', '45.4.1').kind).toBe('evaluation');
});

test('another version than the pinned one is never official', () => {
  const found = runtimeKind(join(temporaryFolder(), 'electron'), '44.0.0', '45.4.1');
  expect(found.kind).toBe('evaluation');
  expect(found.reason).toContain('44.0.0');
});

test('an unknown version is never official', () => {
  expect(runtimeKind('/nowhere/electron', undefined, '45.4.1').kind).toBe('evaluation');
});

test('a marker that cannot be read is still a marker', () => {
  const folder = temporaryFolder();
  // A file where a folder should be: neither root nor anyone else can read beneath it.
  writeFileSync(join(folder, 'file'), '');
  expect(runtimeKind(join(folder, 'file', 'electron'), '45.4.1', '45.4.1').kind).toBe('evaluation');
});
