import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../store/index';
import type { SqlDatabase } from '../../store/types';

/** The practice account's second database: events and S3 objects, which are too many for memory. */
export interface Archive {
  readonly db: SqlDatabase;
  /** All of `work` or nothing; when it returns, it survives the end of the process. */
  readonly transaction: <T>(work: () => T) => T;
  clear(): void;
  close(): void;
}

/** Opens `archive.sqlite` in the folder, or one in memory where there is no folder. */
export function openArchive(stateDir: string | undefined): Archive {
  const path = stateDir === undefined ? ':memory:' : join(stateDir, 'archive.sqlite');
  const db = openDatabase(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000');
  db.exec(schema);
  if (stateDir !== undefined) chmodSync(path, 0o600);
  let inside = false;
  return {
    db,
    transaction(work) {
      if (inside) return work();
      inside = true;
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      } finally {
        inside = false;
      }
    },
    clear: () => db.exec('DELETE FROM event; DELETE FROM object; DELETE FROM delivery'),
    close: () => db.close(),
  };
}

const schema = `
CREATE TABLE IF NOT EXISTS event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL, region TEXT NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL,
  name TEXT NOT NULL, json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS event_time ON event (account, region, at, id);
CREATE INDEX IF NOT EXISTS event_name ON event (account, region, name, at, id);
CREATE TABLE IF NOT EXISTS object (
  bucket TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, size INTEGER, etag TEXT,
  metadata TEXT NOT NULL, body BLOB, PRIMARY KEY (bucket, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivery (
  trail TEXT NOT NULL, region TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (trail, region)
) WITHOUT ROWID;
`;
