import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runtimeMarker } from '../../../electron/launch/runtimeKind';
import { aboutVersion, allowOption, describeRuntime } from '../../../electron/window/runtime';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (electron: string, ...argv: string[]) =>
  describeRuntime(
    {
      execPath: join(folder, 'electron'),
      argv: ['electron', '.', ...argv],
      versions: { electron, chrome: '156.0', node: '24.0.0' } as NodeJS.ProcessVersions,
    },
    '45.4.1',
  );

test('the official runtime may use real accounts, without a remark', () => {
  expect(run('45.4.1')).toEqual({
    info: { kind: 'official', electron: '45.4.1', chrome: '156.0', node: '24.0.0' },
    realAccounts: { allowed: true },
  });
});

test('the evaluation runtime may not, and says why and what to do', () => {
  writeFileSync(join(folder, runtimeMarker), '{}');
  const { info, realAccounts } = run('33.2.1');
  expect(info.kind).toBe('evaluation');
  expect(realAccounts.allowed).toBe(false);
  expect(realAccounts.reason).toMatch(/past its end of life .* refused.* official Electron/);
  expect(aboutVersion('0.1.0', info)).toBe(
    '0.1.0 (Electron 33.2.1, evaluation runtime: not for real accounts)',
  );
});

test('the marker counts whatever the version says', () => {
  writeFileSync(join(folder, runtimeMarker), '');
  expect(run('45.4.1').realAccounts.allowed).toBe(false);
});

test('the explicit option allows real accounts, and the reason stays to be seen', () => {
  writeFileSync(join(folder, runtimeMarker), '{}');
  const { realAccounts } = run('33.2.1', allowOption);
  expect(realAccounts.allowed).toBe(true);
  expect(realAccounts.reason).toContain(`started with ${allowOption}`);
});

test('an option that only looks like it does not', () => {
  writeFileSync(join(folder, runtimeMarker), '{}');
  expect(run('33.2.1', `${allowOption}=no`).realAccounts.allowed).toBe(false);
});
