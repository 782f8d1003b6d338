import { createRequire } from 'node:module';
import { isCorrupt, storeError } from './errors';
import type { SqlDatabase, SqlStatement } from './types';

interface Driver {
  DatabaseSync: new (path: string, options?: { readOnly?: boolean }) => SqlDatabase;
  /** Copies page by page on a thread of libuv's pool. */
  readonly backup: (
    source: SqlDatabase,
    path: string,
    options: { rate: number },
  ) => Promise<number>;
}

/**
 * Opens a database file with the SQLite that the runtime has. Every error of it is an AppError,
 * except those that only a defect of ours can cause (wrong SQL, a broken constraint).
 */
export function openDatabase(path: string, options: OpenDatabaseOptions = {}): SqlDatabase {
  const { DatabaseSync } = loadDriver();
  const { readOnly = false, onDamage } = options;
  const translate: Translate = (work) => {
    try {
      return work();
    } catch (error) {
      const translated = storeError(error);
      if (isCorrupt(translated)) onDamage?.();
      throw translated;
    }
  };
  const raw = translate(() => new DatabaseSync(path, { readOnly }));
  return {
    exec: (sql) => translate(() => raw.exec(sql)),
    prepare: (sql) =>
      translateStatement(
        translate(() => raw.prepare(sql)),
        translate,
      ),
    close: () => raw.close(),
  };
}

export interface OpenDatabaseOptions {
  readonly readOnly?: boolean;
  /** Called before each error that shows the file to be damaged. */
  readonly onDamage?: () => void;
}

type Translate = <T>(work: () => T) => T;

/** Copies a whole database, as one moment has it, to a new file; the thread of the caller stays free. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const { DatabaseSync, backup } = loadDriver();
  try {
    const source = new DatabaseSync(from, { readOnly: true });
    try {
      // All pages in one step: a copy in steps starts anew whenever another connection writes.
      await backup(source, to, { rate: -1 });
    } finally {
      source.close();
    }
  } catch (error) {
    throw storeError(error);
  }
}

/** `node:sqlite` in Electron 45 and Node >= 22.16, its drop-in in Electron 33 and Node 20. */
function loadDriver(): Driver {
  const builtIn: Partial<Driver> | undefined = process.getBuiltinModule('node:sqlite');
  if (builtIn?.backup) return builtIn as Driver;
  return createRequire(import.meta.url)('@photostructure/sqlite') as Driver;
}

function translateStatement(raw: SqlStatement, translate: Translate): SqlStatement {
  return {
    run: (...values) => translate(() => raw.run(...values)),
    get: (...values) => translate(() => raw.get(...values)),
    all: (...values) => translate(() => raw.all(...values)),
    *iterate(...values) {
      const rows = translate(() => raw.iterate(...values));
      for (;;) {
        const next = translate(() => rows.next());
        if (next.done) return;
        yield next.value;
      }
    },
  };
}
