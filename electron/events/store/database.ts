import { AppError } from '../../../shared/model/errors';
import { makePrivate, openDatabase } from '../../store/index';
import type { SqlDatabase } from '../../store/types';

/** The format of the file; another one is made anew, since everything in it can be read again. */
const format = 1;

/**
 * Opens `events.db`. Events are a copy of what AWS keeps, and soon many gigabytes: they lie in a file
 * of their own, of which no backups are made. Throws AppError `disk-full`, `file-failed` (also for
 * the file of a newer program) and `store-corrupt`.
 */
export function openEventDatabase(path: string): SqlDatabase {
  makePrivate(path);
  const db = openDatabase(path);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = NORMAL');
  db.exec('PRAGMA busy_timeout = 10000');
  const found = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (found > format) {
    db.close();
    throw new AppError(
      'file-failed',
      'The stored events were written by a newer version of Claviger. Start that one; nothing was changed.',
    );
  }
  db.exec(`
    CREATE TABLE IF NOT EXISTS file (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      source TEXT NOT NULL,
      sha256 TEXT NOT NULL UNIQUE,
      events INTEGER NOT NULL,
      read_at TEXT NOT NULL,
      -- As it came, gzipped: the raw records are read from it.
      bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS file_name ON file (name);
    -- Whence each file came is asked at every start: without this the files themselves would be walked through.
    CREATE INDEX IF NOT EXISTS file_source ON file (source);
    CREATE TABLE IF NOT EXISTS part (
      id INTEGER PRIMARY KEY,
      events INTEGER NOT NULL,
      odd_ids TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS part_column (
      part INTEGER NOT NULL REFERENCES part (id),
      name TEXT NOT NULL,
      width INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (part, name)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS word (
      part INTEGER NOT NULL REFERENCES part (id),
      name TEXT NOT NULL,
      -- A list of strings in JSON: the column's new values, in the order of their numbers.
      words TEXT NOT NULL,
      PRIMARY KEY (part, name)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    PRAGMA user_version = ${format};
  `);
  return db;
}
