import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/model/errors';
import { createBackups } from './backups';
import {
  checkedAtOpenBytes,
  checkHeader,
  checkStructure,
  checkStructureInSlices,
  clearSuspect,
  isSuspect,
  markSuspect,
} from './check';
import { openDatabase } from './driver';
import { isCorrupt, storeError } from './errors';
import { migrate, rollBack } from './migrate';
import { tryLock, type ProcessLock } from './processLock';
import { replaceDamaged } from './repair';
import type { SqlDatabase, Store } from './types';

export { openDatabase } from './driver';
export { storeError } from './errors';
export { rollBack } from './migrate';
export { tryLock, type ProcessLock } from './processLock';
export type { Store } from './types';

export interface StoreOptions {
  readonly dataDir: string;
  readonly now: () => Date;
}

/**
 * Opens `claviger.db` in the data folder, makes it where it is missing, and brings it to the newest
 * format. A damaged file is set aside, never deleted, and the newest sound backup takes its place:
 * `notices` says so. Throws AppError `disk-full`, `file-failed` (also for a database of a newer
 * program) and `store-corrupt` (damaged while another process has it open).
 */
export function openStore({ dataDir, now }: StoreOptions): Store {
  try {
    return open(dataDir, now);
  } catch (error) {
    throw storeError(error);
  }
}

function open(dataDir: string, now: () => Date): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'claviger.db');
  const lockPath = join(dataDir, 'claviger.lock');
  const backups = createBackups(dataDir, path, now);
  const notices: string[] = [];

  // Held shared while open, so that nobody sets the file aside under another process.
  let lock = shareLock(lockPath);
  let db: SqlDatabase;
  try {
    db = openSound(path);
  } catch (error) {
    lock.release();
    if (!isCorrupt(error)) throw error;
    const alone = tryLock(lockPath, 'exclusive');
    if (!alone) {
      throw new AppError(
        'store-corrupt',
        'The database is damaged and another Claviger process has it open. Close that one and start again.',
      );
    }
    try {
      notices.push(replaceDamaged(path, backups.list(), now()));
      db = openSound(path);
    } finally {
      alone.release();
    }
    lock = shareLock(lockPath);
  }
  try {
    migrate(db, { beforeUpgrade: () => backups.makeNow(db) });
    clearSuspect(path);
  } catch (error) {
    db.close();
    lock.release();
    throw error;
  }

  return {
    db,
    notices,
    transaction: createTransaction(db),
    async maintain() {
      if (backups.hasToday()) return [];
      try {
        await checkStructureInSlices(db);
        await backups.make();
        return [];
      } catch (thrown) {
        const error = storeError(thrown);
        if (isCorrupt(error)) markSuspect(path);
        const reason = error instanceof AppError ? error.message : 'The log has the details.';
        return [`No backup of the database was made. ${reason}`];
      }
    },
    close() {
      try {
        // Closing would do it, but the drop-in closes for good only when its statements are collected.
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // A full disk: all that was acknowledged stays in the -wal file.
      }
      db.close();
      lock.release();
    },
  };
}

/**
 * Makes a database's file one that only this user may read, whatever the folder allows; those that
 * SQLite makes beside it follow. Throws as openDatabase.
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
  } catch (error) {
    throw storeError(error);
  }
}

/** Opens and checks; closes again where the file is not sound. */
function openSound(path: string): SqlDatabase {
  const whole = checkHeader(path) <= checkedAtOpenBytes || isSuspect(path);
  makePrivate(path);
  const db = openDatabase(path, { onDamage: () => markSuspect(path) });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    db.exec('PRAGMA journal_mode = WAL');
    // FULL: in WAL mode NORMAL may lose the last commits in a power cut, and the journal must not.
    db.exec('PRAGMA synchronous = FULL');
    db.exec('PRAGMA foreign_keys = ON');
    db.exec('PRAGMA trusted_schema = OFF');
    db.exec('PRAGMA cell_size_check = ON');
    db.exec('PRAGMA temp_store = MEMORY');
    if (whole) checkStructure(db);
    else db.exec('SELECT * FROM sqlite_schema');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function createTransaction(db: SqlDatabase): Store['transaction'] {
  let inside = false;
  return (work) => {
    if (inside) return work();
    db.exec('BEGIN IMMEDIATE');
    inside = true;
    try {
      const result = work();
      if (result instanceof Promise) throw new TypeError('a transaction cannot wait');
      db.exec('COMMIT');
      return result;
    } catch (error) {
      rollBack(db);
      throw error;
    } finally {
      inside = false;
    }
  };
}

function shareLock(path: string): ProcessLock {
  const lock = tryLock(path, 'shared', 5000);
  if (lock) return lock;
  throw new AppError(
    'conflict',
    'Another Claviger process is repairing the database. Try again in a moment.',
  );
}
