import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/model/errors';
import { ensureEvaluationRuntime, evaluationSpec } from './evaluationRuntime';
import { forgetFailure, nextTry, noteFailure } from './failedDownloads';
import { downloadOfficial, electronPackage, findInstalled, findOverride } from './officialRuntime';
import type { Report } from './report';
import { runtimeKind, type RuntimeKind } from './runtimeKind';

export interface Runtime extends RuntimeKind {
  readonly executable: string;
  readonly version: string;
  /** Where it comes from, for people. */
  readonly source: string;
}

export interface ResolveOptions {
  /** The checkout. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly report: Report;
  readonly now?: () => number;
  readonly platform?: { readonly os: string; readonly arch: string };
  /** Two steps that go to the network; the real ones by default. */
  readonly download?: typeof downloadOfficial;
  readonly ensureEvaluation?: typeof ensureEvaluationRuntime;
}

/**
 * Finds the Electron to run with: the operator's own, the installed official one, the official download,
 * the evaluation runtime; and says which it took. Throws AppError `not-found`, `unreachable`, `bad-response`, `disk-full`.
 */
export async function resolveRuntime(options: ResolveOptions): Promise<Runtime> {
  const runtime = await find(options);
  options.report.line(
    `Runtime: Electron ${runtime.version}, ${runtime.kind} (${runtime.source}).${runtime.reason ? ` ${runtime.reason}` : ''}`,
  );
  return runtime;
}

async function find(options: ResolveOptions): Promise<Runtime> {
  const { root, env, report } = options;
  const electron = electronPackage(root);
  const describe = (executable: string, version: string, source: string): Runtime => ({
    executable,
    version,
    source,
    ...runtimeKind(executable, version, electron.version),
  });

  const override = findOverride(env);
  if (override) {
    return describe(override.executable, override.version, 'ELECTRON_OVERRIDE_DIST_PATH');
  }
  const installed = findInstalled(electron);
  if (installed) return describe(installed.executable, installed.version, 'installed');

  const downloaded = await tryDownload(options, electron.version);
  if (downloaded instanceof AppError) {
    const { os, arch } = options.platform ?? { os: process.platform, arch: process.arch };
    report.line(downloaded.message);
    if (os !== 'linux' || arch !== 'x64') throw noRuntimeFor(os, arch);
    const ensure = options.ensureEvaluation ?? ensureEvaluationRuntime;
    const executable = await ensure({ cacheDir: cacheDir(env), report });
    return describe(executable, evaluationSpec.electronVersion, 'from the npm registry, cached');
  }
  return describe(downloaded.executable, downloaded.version, 'downloaded');
}

async function tryDownload({ root, env, report, ...options }: ResolveOptions, version: string) {
  const now = options.now ?? Date.now;
  const note = join(cacheDir(env), 'official-download-failed.json');
  const what = `electron ${version} ${env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? ''}`;
  const wait = nextTry(note, what, now());
  if (wait) {
    return new AppError(
      'unreachable',
      `The official Electron could not be downloaded a short while ago; the next try is after ${wait.toISOString()}, or once ${note} is deleted.`,
    );
  }
  try {
    const found = await (options.download ?? downloadOfficial)(electronPackage(root), report);
    forgetFailure(note);
    return found;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unreachable') throw error;
    noteFailure(note, what, now());
    return error;
  }
}

/** Where downloads are kept, outside the checkout. */
export function cacheDir(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'claviger');
}

function noRuntimeFor(os: string, arch: string): AppError {
  return new AppError(
    'unreachable',
    `There is no evaluation runtime for ${os} on ${arch}, only for linux on x64. Make the official Electron reachable (ELECTRON_MIRROR names a mirror), or put one on this machine and set ELECTRON_OVERRIDE_DIST_PATH to its folder.`,
  );
}
