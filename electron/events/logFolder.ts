import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LogToImport } from './parse/parseLogs';

/**
 * The log files of some paths: a file itself, or every `.json` and `.json.gz` of a folder and those
 * below it, digests left out. Links within a folder are not followed. A path or a folder that cannot be
 * read, or holds no log file, comes with its problem, and the others go on.
 */
export async function* logsOf(
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<LogToImport> {
  for (const path of paths) yield* logsOfOne(resolve(path), signal);
}

async function* logsOfOne(root: string, signal: AbortSignal): AsyncGenerator<LogToImport> {
  try {
    const kind = await stat(root);
    if (kind.isFile()) yield { name: root, size: kind.size };
    else if (kind.isDirectory()) {
      let found = 0;
      for await (const log of walk(root, signal)) {
        found += 1;
        yield log;
      }
      if (found === 0 && !signal.aborted) yield broken(root, noLogs);
    } else yield broken(root, noFile); // a pipe would be waited for, perhaps for ever
  } catch (error) {
    yield broken(root, whyUnreadable(error));
  }
}

const noLogs = 'It holds no log file (.json or .json.gz); digests are none.';
const noFile =
  'It is neither a file nor a folder. Write what it gives into a file, and import that.';

async function* walk(folder: string, signal: AbortSignal): AsyncGenerator<LogToImport> {
  const folders: string[] = [];
  const files: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory() && entry.name !== 'CloudTrail-Digest') folders.push(entry.name);
      else if (isLog(entry)) files.push(entry.name);
    }
  } catch (error) {
    yield broken(folder, whyUnreadable(error));
  }
  // By name, which is by time: so a year's events need no sorting when they are read again.
  const sized = await Promise.all(files.sort().map((name) => logOf(join(folder, name))));
  yield* sized;
  for (const name of folders.sort()) {
    if (signal.aborted) return;
    yield* walk(join(folder, name), signal);
  }
}

function isLog(entry: Dirent): boolean {
  return entry.isFile() && /\.json(\.gz)?$/.test(entry.name);
}

/** Of a file that is gone or closed to us whoever reads it says so. */
async function logOf(name: string): Promise<LogToImport> {
  const found = await stat(name).catch(() => undefined);
  return { name, size: found?.size ?? 0 };
}

function broken(name: string, problem: string): LogToImport {
  return { name, size: 0, problem };
}

/** Why a file or folder cannot be read, by the error of the file system. */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'It is not there.';
  if (code === 'EACCES' || code === 'EPERM') {
    return `This program may not read it (${code}): give its user the permission, then import again.`;
  }
  return `It cannot be read (${code ?? 'unknown reason'}).`;
}
