import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../shared/model/errors';
import { diskFull } from './diskFull';
import { npmCommand } from './npm.mjs';

/** Tells how many bytes have come so far. */
export type OnBytes = (bytes: number) => void;

/**
 * Downloads a package's tarball into a folder with npm, which knows the operator's registry, proxy and
 * credentials, and gives the tarball's path. Throws AppError `unreachable` where npm does not get it, `disk-full`.
 */
export async function npmPack(
  packageSpec: string,
  folder: string,
  onBytes: OnBytes,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const npm = npmCommand(env, process.execPath);
  // An own cache: its growth is the progress, and 200 MB do not stay in the operator's.
  const cache = join(folder, 'npm-cache');
  const child = spawn(
    npm.command,
    [...npm.args, 'pack', packageSpec, '--ignore-scripts', '--silent', '--cache', cache],
    { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve(code ?? 1));
  });
  const stop = new AbortController();
  void watchSize(cache, onBytes, stop.signal);
  const code = await ended.catch((error: Error) => ((complaint += error.message), 1));
  stop.abort();
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || !tarball) throw failed(packageSpec, folder, complaint);
  return join(folder, tarball);
}

const pollMs = 500;

async function watchSize(folder: string, onBytes: OnBytes, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(pollMs, undefined, { signal }).catch(() => {});
    if (!signal.aborted) onBytes(sizeOf(folder));
  }
}

function sizeOf(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  } catch {
    return 0; // not there yet, or moved while we looked
  }
}

function failed(packageSpec: string, folder: string, complaint: string): AppError {
  if (/ENOSPC|EDQUOT/.test(complaint)) return diskFull(folder);
  const firstLine = complaint.trim().split('\n')[0] ?? '';
  return new AppError(
    'unreachable',
    `npm could not get ${packageSpec}. Check the network and npm's registry setting (npm ping), then start again.${firstLine && ` npm says: ${firstLine}`}`,
  );
}
