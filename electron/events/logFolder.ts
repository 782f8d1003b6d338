import { opendir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/model/errors';
import type { LogToImport } from './parse/parseLogs';

/**
 * The log files of a path: the file itself, or every `.json` and `.json.gz` of the folder and those
 * below it, digests left out. Links are not followed. Throws AppError `file-failed`.
 */
export async function* logsOf(path: string, signal: AbortSignal): AsyncGenerator<LogToImport> {
  const root = resolve(path);
  const kind = await stat(root).catch((error: unknown) => {
    throw unreadable(root, error);
  });
  if (kind.isDirectory()) yield* walk(root, signal);
  else yield { name: root, size: kind.size };
}

async function* walk(folder: string, signal: AbortSignal): AsyncGenerator<LogToImport> {
  const entries = await opendir(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const folders: string[] = [];
  const files: string[] = [];
  for await (const entry of entries) {
    if (entry.isDirectory() && entry.name !== 'CloudTrail-Digest') folders.push(entry.name);
    else if (entry.isFile() && /\.json(\.gz)?$/.test(entry.name)) files.push(entry.name);
  }
  // By name, which is by time: so a year's events need no sorting when they are read again.
  const sized = await Promise.all(files.sort().map((name) => logOf(join(folder, name))));
  yield* sized;
  for (const name of folders.sort()) {
    if (signal.aborted) return;
    yield* walk(join(folder, name), signal);
  }
}

/** Of a file that is gone or closed to us whoever reads it says so. */
async function logOf(name: string): Promise<LogToImport> {
  const found = await stat(name).catch(() => undefined);
  return { name, size: found?.size ?? 0 };
}

function unreadable(path: string, error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  return new AppError(
    'file-failed',
    code === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read (${code}).`,
  );
}
