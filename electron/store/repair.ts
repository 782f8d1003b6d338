import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { timeStamp } from './backups';
import { checkHeader, checkStructure } from './check';
import { openDatabase } from './driver';

/**
 * Sets a damaged database aside as `claviger.db.damaged-<time>`, with what belongs to it, and puts
 * the newest sound backup in its place, or nothing where there is none. Gives the sentence for the
 * operator. The caller must be the only process with the database.
 */
export function replaceDamaged(path: string, backups: readonly string[], now: Date): string {
  const aside = unusedName(`${path}.damaged-${timeStamp(now)}`);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  const kept = `The database was damaged. The file is kept as ${basename(aside)}`;
  const backup = backups.find(isSound);
  if (backup === undefined) {
    return `${kept}; there was no backup, so Claviger began a new one. Settings, stored inventory and journal are empty.`;
  }
  // Copied and renamed: a crash in between leaves no half of a database.
  copyFileSync(backup, `${path}.part`);
  chmodSync(`${path}.part`, 0o600);
  renameSync(`${path}.part`, path);
  return `${kept}; Claviger goes on with the backup ${basename(backup)}. What came after it is in the damaged file only.`;
}

function isSound(backup: string): boolean {
  try {
    if (checkHeader(backup) === 0) return false;
    const db = openDatabase(backup, { readOnly: true });
    try {
      db.exec('PRAGMA temp_store = MEMORY');
      checkStructure(db);
      return true;
    } finally {
      db.close();
    }
  } catch {
    return false;
  } finally {
    // A backup is in WAL mode like its source: reading it leaves these two.
    for (const suffix of ['-wal', '-shm']) rmSync(backup + suffix, { force: true });
  }
}

function unusedName(name: string): string {
  let unused = name;
  for (let n = 2; existsSync(unused); n += 1) unused = `${name}-${n}`;
  return unused;
}
