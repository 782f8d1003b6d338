import { existsSync, readFileSync, renameSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../shared/model/errors';
import { diskFull, isDiskFull } from './diskFull';
import { withLock } from './lock.mjs';
import { megabytes, type Report } from './report';
import { unzip } from './unzip';

/** An Electron on this machine. */
export interface FoundRuntime {
  readonly executable: string;
  readonly version: string;
}

/** The npm package `electron`: which version it is, and the folder that its binary goes to. */
export interface ElectronPackage {
  readonly folder: string;
  readonly version: string;
}

/** Reads the `electron` package that is installed in the checkout. */
export function electronPackage(root: string): ElectronPackage {
  const folder = join(root, 'node_modules', 'electron');
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return { folder, version };
}

/**
 * The Electron in `ELECTRON_OVERRIDE_DIST_PATH`, where that is set.
 * Throws AppError `not-found` where it names a folder without an Electron: the operator wanted that one and no other.
 */
export function findOverride(env: NodeJS.ProcessEnv): FoundRuntime | undefined {
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!folder) return undefined;
  const executable = join(folder, executablePath());
  if (!existsSync(executable)) {
    throw new AppError(
      'not-found',
      `ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${executable}. Correct the variable or unset it.`,
    );
  }
  return { executable, version: versionIn(folder) ?? 'of unknown version' };
}

/** The official binary of the `electron` package, where its complete download is there. */
export function findInstalled({ folder, version }: ElectronPackage): FoundRuntime | undefined {
  const executable = join(folder, 'dist', executablePath());
  const complete = versionIn(join(folder, 'dist')) === version && existsSync(executable);
  return complete ? { executable, version } : undefined;
}

export interface DownloadLimits {
  /** Until the first byte. */
  readonly connectMs: number;
  /** Between two pieces. */
  readonly stallMs: number;
}

/**
 * Downloads the official binary with the `electron` package's own downloader (its mirror and proxy
 * variables count) against the package's own checksums, and puts it where that package looks for it.
 * Throws AppError `unreachable` where it does not come within the limits, `disk-full`.
 */
export function downloadOfficial(
  electron: ElectronPackage,
  report: Report,
  limits: DownloadLimits = { connectMs: 8_000, stallMs: 15_000 },
): Promise<FoundRuntime> {
  return withLock(`electron ${electron.folder}`, async () => {
    const found = findInstalled(electron);
    if (found) return found;
    const zip = await download(electron, report, limits);
    const dist = join(electron.folder, 'dist');
    const fresh = `${dist}.part`;
    rmSync(fresh, { recursive: true, force: true });
    rmSync(dist, { recursive: true, force: true });
    mkdirSync(fresh);
    await unzip(zip, fresh);
    renameSync(fresh, dist);
    writeFileSync(join(electron.folder, 'path.txt'), executablePath());
    return { executable: join(dist, executablePath()), version: electron.version };
  });
}

async function download(
  electron: ElectronPackage,
  report: Report,
  limits: DownloadLimits,
): Promise<string> {
  const require = createRequire(join(electron.folder, 'package.json'));
  const get: unknown = await import(pathToFileURL(require.resolve('@electron/get')).href);
  const { downloadArtifact } = get as { downloadArtifact: DownloadArtifact };
  const checksums = readFileSync(join(electron.folder, 'checksums.json'), 'utf8');

  const abort = new AbortController();
  let late = setTimeout(() => abort.abort(), limits.connectMs);
  report.line(`Getting the official Electron ${electron.version} ...`);
  try {
    return await downloadArtifact({
      version: electron.version,
      artifactName: 'electron',
      cacheRoot: process.env['electron_config_cache'],
      checksums: JSON.parse(checksums),
      downloadOptions: {
        quiet: true,
        signal: abort.signal,
        getProgressCallback({ transferred, total }) {
          clearTimeout(late);
          late = setTimeout(() => abort.abort(), limits.stallMs);
          report.progress(
            `  ${megabytes(transferred)}${total === null ? '' : ` of ${megabytes(total)}`}`,
          );
        },
      },
    });
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(electron.folder);
    const why = abort.signal.aborted ? 'no answer in time' : reasonOf(error);
    throw new AppError('unreachable', `The official Electron could not be downloaded: ${why}.`);
  } finally {
    clearTimeout(late);
  }
}

/** What of @electron/get is used. */
type DownloadArtifact = (request: {
  version: string;
  artifactName: string;
  cacheRoot: string | undefined;
  checksums: Record<string, string>;
  downloadOptions: {
    quiet: boolean;
    signal: AbortSignal;
    getProgressCallback: (progress: { transferred: number; total: number | null }) => void;
  };
}) => Promise<string>;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

function executablePath(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function versionIn(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return undefined;
  }
}
