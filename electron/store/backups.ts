import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { copyDatabase } from './driver';
import type { SqlDatabase } from './types';

const kept = 3;
const pattern = /^claviger-\d{8}T\d{6}Z\.db$/;

/** The folder of the database's copies, one a day, of which the newest three are kept. */
export interface Backups {
  /** Paths, newest first. */
  list(): string[];
  /** True where a copy of this day (UTC) is there. */
  hasToday(): boolean;
  /** Copies the database off this thread, then drops what is older than the newest three. */
  make(): Promise<void>;
  /** Copies it at once, for when it is about to be changed. */
  makeNow(db: SqlDatabase): void;
}

/** Keeps the copies of `database` in `dataDir/backups`. */
export function createBackups(dataDir: string, database: string, now: () => Date): Backups {
  const dir = join(dataDir, 'backups');
  const nameNow = () => `claviger-${timeStamp(now())}.db`;

  function list(): string[] {
    const names = existsSync(dir) ? readdirSync(dir).filter((name) => pattern.test(name)) : [];
    return names
      .sort()
      .reverse()
      .map((name) => join(dir, name));
  }

  /** An empty file of mode 0600 for SQLite to fill; what a crash left of an earlier one is dropped. */
  function begin(): { path: string; unfinished: string } {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const path = join(dir, nameNow());
    const unfinished = `${path}.${process.pid}.part`;
    closeSync(openSync(unfinished, 'w', 0o600));
    return { path, unfinished };
  }

  function finish({ path, unfinished }: { path: string; unfinished: string }): void {
    renameSync(unfinished, path);
    for (const old of list().slice(kept)) rmSync(old, { force: true });
  }

  return {
    list,
    hasToday: () =>
      list().some((path) =>
        basename(path).startsWith(nameNow().slice(0, 'claviger-20261123'.length)),
      ),
    async make() {
      const files = begin();
      try {
        await copyDatabase(database, files.unfinished);
        finish(files);
      } finally {
        rmSync(files.unfinished, { force: true });
      }
    },
    makeNow(db) {
      const files = begin();
      try {
        db.exec(`VACUUM INTO '${files.unfinished.replaceAll("'", "''")}'`);
        finish(files);
      } finally {
        rmSync(files.unfinished, { force: true });
      }
    },
  };
}

/** `20261123T150405Z`: a time that sorts and fits in a file name everywhere. */
export function timeStamp(time: Date): string {
  return `${time.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}
