import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../store/index';

/** One row of the account's state: what kind of thing, which one, and its JSON (null: gone). */
export interface StoredRow {
  readonly kind: string;
  readonly id: string;
  readonly json: string | null;
}

export interface Storage {
  load(): StoredRow[];
  /** All rows or none; when it returns, they survive the end of the process. */
  write(rows: readonly StoredRow[]): void;
  clear(): void;
  close(): void;
}

/** State that lives in memory only. */
export function memoryStorage(): Storage {
  return { load: () => [], write: () => {}, clear: () => {}, close: () => {} };
}

/**
 * State in one SQLite file of `stateDir`, readable by its owner alone: it holds the practice keys'
 * material. WAL without a sync at each commit keeps what was acknowledged over a killed process; a
 * power cut may cost the last moments, which practice can bear.
 */
export function fileStorage(stateDir: string): Storage {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const path = join(stateDir, 'practice.sqlite');
  const db = openDatabase(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000');
  db.exec(
    'CREATE TABLE IF NOT EXISTS entity (kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID',
  );
  chmodSync(path, 0o600);
  const put = db.prepare('INSERT OR REPLACE INTO entity (kind, id, json) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM entity WHERE kind = ? AND id = ?');
  const all = db.prepare('SELECT kind, id, json FROM entity');
  const inTransaction = (work: () => void) => {
    db.exec('BEGIN IMMEDIATE');
    try {
      work();
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    load: () => all.all() as unknown as StoredRow[],
    write: (rows) =>
      inTransaction(() => {
        for (const { kind, id, json } of rows) {
          if (json === null) remove.run(kind, id);
          else put.run(kind, id, json);
        }
      }),
    clear: () => db.exec('DELETE FROM entity'),
    close: () => db.close(),
  };
}
