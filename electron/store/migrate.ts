import { AppError } from '../../shared/model/errors';
import { migrations as allMigrations, type Migration } from './migrations/index';
import type { SqlDatabase } from './types';

export interface MigrateOptions {
  readonly migrations?: readonly Migration[];
  /** Called before the first step on a database that holds data already. */
  readonly beforeUpgrade?: (from: number) => void;
}

/**
 * Brings a database to the newest format: each step in its own transaction, none twice, also where
 * two processes start at once. Throws AppError `file-failed` for a format newer than the program.
 */
export function migrate(db: SqlDatabase, options: MigrateOptions = {}): void {
  const { migrations = allMigrations, beforeUpgrade } = options;
  const newest = migrations.length;
  const found = formatOf(db);
  if (found > newest) {
    throw new AppError(
      'file-failed',
      `The database was written by a newer version of Claviger (format ${found}, this program knows up to ${newest}). Start the newer version; nothing was changed.`,
    );
  }
  if (found > 0 && found < newest) beforeUpgrade?.(found);
  for (const step of migrations.slice(found)) apply(db, step);
}

/** The format of a database: the number of the last migration that ran, 0 for a new one. */
export function formatOf(db: SqlDatabase): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function apply(db: SqlDatabase, step: Migration): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another process may have made this step meanwhile.
    if (formatOf(db) < step.version) {
      db.exec(step.sql);
      db.exec(`PRAGMA user_version = ${step.version}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** Ends a transaction that failed; SQLite may have ended it itself, as it does on a full disk. */
export function rollBack(db: SqlDatabase): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // nothing was open any more
  }
}
