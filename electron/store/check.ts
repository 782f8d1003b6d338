import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { AppError } from '../../shared/model/errors';
import type { SqlDatabase } from './types';

/** Up to this size the whole file is checked at every start; about 30 ms. */
export const checkedAtOpenBytes = 16 * 1024 * 1024;

/** Size in bytes, 0 where there is no file. Throws AppError `store-corrupt` where the file is no SQLite database. */
export function checkHeader(path: string): number {
  if (!existsSync(path)) return 0;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const header = Buffer.alloc(16);
    readSync(file, header, 0, 16, 0);
    // https://www.sqlite.org/fileformat2.html#the_database_header
    if (size > 0 && header.toString('latin1') !== 'SQLite format 3\0') {
      throw damaged('its first bytes are not those of a database');
    }
    return size;
  } finally {
    closeSync(file);
  }
}

/**
 * SQLite's own check of the structure of one table, or of the whole file. Throws AppError
 * `store-corrupt`. Made of `exec` alone: the drop-in ends a connection only when its statements are
 * collected as garbage, and one that ends after its file was set aside would delete the `-wal` of
 * the file that took its place.
 */
export function checkStructure(db: SqlDatabase, table?: string): void {
  const argument = table === undefined ? '' : `('${table.replaceAll("'", "''")}')`;
  db.exec("CREATE TEMP TABLE structure_check (finding TEXT CHECK (finding = 'ok'))");
  try {
    db.exec(`INSERT INTO structure_check SELECT quick_check FROM pragma_quick_check${argument}`);
  } catch (error) {
    throw isBrokenConstraint(error) ? damaged('its structure is broken') : error;
  } finally {
    db.exec('DROP TABLE temp.structure_check');
  }
}

function isBrokenConstraint(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === 19;
}

/** The same for the whole file, one table after the other, so that the event loop is not held up. */
export async function checkStructureInSlices(db: SqlDatabase): Promise<void> {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
    .all();
  for (const { name } of tables) {
    await new Promise(setImmediate);
    checkStructure(db, String(name));
  }
}

/** Leaves word for the next opening that all of the file has to be checked, however large. */
export function markSuspect(path: string): void {
  try {
    writeFileSync(suspectFile(path), '');
  } catch {
    // A full or read-only disk: the daily check finds the damage as well.
  }
}

export function isSuspect(path: string): boolean {
  return existsSync(suspectFile(path));
}

export function clearSuspect(path: string): void {
  rmSync(suspectFile(path), { force: true });
}

function suspectFile(path: string): string {
  return `${path}.suspect`;
}

function damaged(finding: string): AppError {
  return new AppError('store-corrupt', 'The database is damaged.', {
    finding: finding.slice(0, 200),
  });
}
