import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveRuntime, type ResolveOptions } from '../../../electron/launch/resolveRuntime';
import { runtimeMarker } from '../../../electron/launch/runtimeKind';
import { AppError } from '../../../shared/model/errors';
import { recordingReport, temporaryFolder } from './temporary';

const executableName =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    process.platform as string
  ] ?? 'electron';

function electronIn(folder: string, version: string): string {
  const executable = join(folder, executableName);
  mkdirSync(join(executable, '..'), { recursive: true });
  writeFileSync(executable, '');
  writeFileSync(join(folder, 'version'), version);
  return executable;
}

/** A checkout with the `electron` package but no binary, a network that is blocked, and a cached evaluation runtime. */
function situation() {
  const home = temporaryFolder();
  const root = join(home, 'checkout');
  const electron = join(root, 'node_modules', 'electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(join(electron, 'package.json'), JSON.stringify({ version: '45.4.1' }));
  const evaluation = join(home, 'evaluation');
  const evaluationExecutable = electronIn(evaluation, '33.2.1');
  writeFileSync(join(evaluation, runtimeMarker), '{}');
  const report = recordingReport();
  const tries: number[] = [];
  const options = {
    root,
    env: { XDG_CACHE_HOME: join(home, 'cache') } as NodeJS.ProcessEnv,
    report,
    now: () => Date.UTC(2026, 0, 1),
    platform: { os: 'linux', arch: 'x64' },
    download: async () => {
      tries.push(1);
      throw new AppError('unreachable', 'blocked');
    },
    ensureEvaluation: async () => evaluationExecutable,
  } satisfies ResolveOptions;
  return { home, electron, evaluationExecutable, report, tries, options };
}

test('the override comes first', async () => {
  const { home, electron, options } = situation();
  electronIn(join(electron, 'dist'), '45.4.1');
  const executable = electronIn(join(home, 'own'), '45.4.1');
  const env = { ...options.env, ELECTRON_OVERRIDE_DIST_PATH: join(home, 'own') };
  expect(await resolveRuntime({ ...options, env })).toMatchObject({ executable, kind: 'official' });
});

test('an override without an Electron is an error, not passed over', async () => {
  const { home, options } = situation();
  const env = { ...options.env, ELECTRON_OVERRIDE_DIST_PATH: join(home, 'nothing') };
  await expect(resolveRuntime({ ...options, env })).rejects.toMatchObject({ code: 'not-found' });
});

test('an override of another version counts as evaluation', async () => {
  const { home, options } = situation();
  electronIn(join(home, 'own'), '40.0.0');
  const env = { ...options.env, ELECTRON_OVERRIDE_DIST_PATH: join(home, 'own') };
  expect((await resolveRuntime({ ...options, env })).kind).toBe('evaluation');
});

test('the installed official binary is taken without asking the network', async () => {
  const { electron, options, tries } = situation();
  const executable = electronIn(join(electron, 'dist'), 'v45.4.1');
  expect(await resolveRuntime(options)).toMatchObject({ executable, kind: 'official' });
  expect(tries).toEqual([]);
});

test('an installed binary of another version is not taken', async () => {
  const { electron, options, evaluationExecutable } = situation();
  electronIn(join(electron, 'dist'), '44.0.0');
  expect((await resolveRuntime(options)).executable).toBe(evaluationExecutable);
});

test('the official download comes before the evaluation runtime', async () => {
  const { home, options } = situation();
  const executable = electronIn(join(home, 'downloaded'), '45.4.1');
  const download = async () => ({ executable, version: '45.4.1' });
  expect(await resolveRuntime({ ...options, download })).toMatchObject({
    executable,
    kind: 'official',
  });
});

test('where the network is blocked the evaluation runtime is taken, and it is said why and which', async () => {
  const { options, evaluationExecutable, report } = situation();
  expect(await resolveRuntime(options)).toMatchObject({
    executable: evaluationExecutable,
    kind: 'evaluation',
  });
  expect(report.lines[0]).toBe('blocked');
  expect(report.lines.at(-1)).toContain('Electron 33.2.1, evaluation');
});

test('a failed download is tried again only after an hour, and it is said when', async () => {
  const { options, report, tries } = situation();
  await resolveRuntime(options);
  await resolveRuntime({ ...options, now: () => Date.UTC(2026, 0, 1, 0, 59) });
  expect(tries).toHaveLength(1);
  expect(report.lines.join('\n')).toContain('2026-01-01T01:00:00.000Z');
  await resolveRuntime({ ...options, now: () => Date.UTC(2026, 0, 1, 1) });
  expect(tries).toHaveLength(2);
});

test('a mirror that is set now is tried at once', async () => {
  const { options, tries } = situation();
  await resolveRuntime(options);
  await resolveRuntime({ ...options, env: { ...options.env, ELECTRON_MIRROR: 'mirror' } });
  expect(tries).toHaveLength(2);
});

test('elsewhere than on Linux x64 there is no evaluation runtime, and it is said what to do', async () => {
  const { options } = situation();
  const platform = { os: 'darwin', arch: 'arm64' };
  await expect(resolveRuntime({ ...options, platform })).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('ELECTRON_OVERRIDE_DIST_PATH'),
  });
});

test('a full disk during the download is not mistaken for a blocked network', async () => {
  const { options } = situation();
  const full = new AppError('disk-full', 'no space');
  const download = () => Promise.reject(full);
  await expect(resolveRuntime({ ...options, download })).rejects.toBe(full);
});
