import { closeSync, existsSync, openSync } from 'node:fs';
import { AppError } from '../../shared/model/errors';
import { openDatabase } from './driver';
import { storeError } from './errors';

export interface ProcessLock {
  release(): void;
}

/**
 * A lock between processes that the operating system takes back when its holder dies, so none is ever
 * left behind: SQLite's own, held on an empty database file. Gives undefined where others have it,
 * and still have it after `waitMs`.
 */
export function tryLock(
  path: string,
  mode: 'shared' | 'exclusive',
  waitMs = 0,
): ProcessLock | undefined {
  createFile(path);
  const db = openDatabase(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${waitMs}`);
    db.exec(mode === 'exclusive' ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT * FROM sqlite_schema');
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    if (error instanceof AppError && error.code === 'conflict') return undefined;
    throw error;
  }
}

/**
 * Only where it is missing: closing any descriptor of a file takes away the locks that this process
 * has on it (POSIX fcntl).
 */
function createFile(path: string): void {
  try {
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw storeError(error);
  }
}
