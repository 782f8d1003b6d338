import { opendir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/model/errors';
import type { LogToImport } from './importLogs';

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
  else yield logOf(root);
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
  for (const name of files.sort()) yield logOf(join(folder, name));
  for (const name of folders.sort()) {
    if (signal.aborted) return;
    yield* walk(join(folder, name), signal);
  }
}

function logOf(file: string): LogToImport {
  return {
    name: file,
    read: () =>
      readFile(file).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw unreadable(file, error);
      }),
  };
}

function unreadable(path: string, error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  return new AppError(
    'file-failed',
    code === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read (${code}).`,
  );
}
