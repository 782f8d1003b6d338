import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Retained } from '../../../shared/model/events/retention';
import { rollBack } from '../../store/index';
import type { SqlDatabase } from '../../store/types';
import { readLog } from '../log/readLog';
import { EventTable } from '../table/eventTable';
import { writePart, writtenOf } from './parts';

/** What of a file stays: the numbers of its records, in their order. */
type Kept = ReadonlyMap<number, readonly number[]>;

export interface RetainOptions {
  readonly db: SqlDatabase;
  /** The events as they stand now. */
  readonly table: () => EventTable;
  /** Tells that the parts were written anew, within the transaction. */
  readonly rewritten: (table: EventTable, lastPart: number) => void;
  readonly now: Date;
}

/**
 * Forgets the events from before a time: their rows, and their records in the raw files; a file of which
 * nothing is left stays known by name and hash, so that a trail's bucket is not read again for it. A gap
 * ends where the forgetting ends. Gives what was forgotten and by how much the database shrank.
 */
export async function retain(before: Date, options: RetainOptions): Promise<Retained> {
  const { db } = options;
  const sizeBefore = sizeOf(db);
  let forgotten = await attempt(before, options);
  // Another process took events in meanwhile: what it added is looked at too.
  while (!forgotten) forgotten = await attempt(before, options);
  if (forgotten.events > 0) db.exec('VACUUM');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return { ...forgotten, bytes: Math.max(0, sizeBefore - sizeOf(db)) };
}

async function attempt(
  before: Date,
  { db, table: current, rewritten, now }: RetainOptions,
): Promise<Omit<Retained, 'bytes'> | undefined> {
  const table = current();
  const { length } = table;
  const seconds = before.getTime() / 1000;
  const { at, file, place } = table.columns;
  const kept = new Map<number, number[]>();
  const touched = new Set<number>();
  let events = 0;
  for (let i = 0; i < length; i += 1) {
    if (at.at(i) < seconds) {
      touched.add(file.at(i));
      events += 1;
      continue;
    }
    const places = kept.get(file.at(i));
    if (places) places.push(place.at(i));
    else kept.set(file.at(i), [place.at(i)]);
  }
  if (events === 0) return { events: 0, files: 0 };
  const rewrittenFiles = await rewriteFiles(db, touched, kept);

  db.exec('BEGIN IMMEDIATE');
  try {
    if (current() !== table || table.length !== length) {
      rollBack(db);
      return undefined;
    }
    const fresh = withoutForgotten(table, seconds, touched, kept);
    db.exec('DELETE FROM word; DELETE FROM part_column; DELETE FROM part');
    const update = db.prepare('UPDATE file SET bytes = ?, events = ?, sha256 = ? WHERE id = ?');
    for (const { id, bytes, count, sha256 } of rewrittenFiles) {
      update.run(bytes, count, sha256, id);
    }
    endGaps(db, before);
    writeState(db, forgottenName, { before: before.toISOString(), at: now.toISOString() });
    rewritten(fresh, writePart(db, fresh, writtenOf(new EventTable())));
    db.exec('COMMIT');
  } catch (error) {
    rollBack(db);
    throw error;
  }
  return { events, files: rewrittenFiles.filter(({ count }) => count === 0).length };
}

/** The events that stay, as a table of their own: what only forgotten events said is not in it. */
function withoutForgotten(
  table: EventTable,
  seconds: number,
  touched: ReadonlySet<number>,
  kept: Kept,
): EventTable {
  const { at } = table.columns;
  const staying = new Uint32Array(table.length);
  let count = 0;
  for (let i = 0; i < table.length; i += 1) {
    if (at.at(i) < seconds) continue;
    staying[count] = i;
    count += 1;
  }
  const part = table.part(staying.subarray(0, count));
  const moved = new Map(
    [...touched].map((id) => [id, new Map((kept.get(id) ?? []).map((old, next) => [old, next]))]),
  );
  const { file, place } = part.columns;
  const files: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const id = file[i] ?? 0;
    files[id] = id;
    place[i] = moved.get(id)?.get(place[i] ?? 0) ?? place[i] ?? 0;
  }
  const fresh = new EventTable();
  fresh.take(part, files);
  return fresh;
}

/** The files that hold events to be forgotten, without them. The kept records stand in the order of `kept`. */
async function rewriteFiles(db: SqlDatabase, touched: ReadonlySet<number>, kept: Kept) {
  const read = db.prepare('SELECT bytes, sha256 FROM file WHERE id = ?');
  const files: { id: number; bytes: Buffer; count: number; sha256: string }[] = [];
  for (const id of touched) {
    const found = read.get(id);
    if (!found) continue;
    const sha256 = String(found['sha256']);
    const places = kept.get(id) ?? [];
    if (places.length === 0) {
      files.push({ id, bytes: Buffer.alloc(0), count: 0, sha256 });
      continue;
    }
    await nextTurn(); // other questions are heard between files
    const { records } = readLog(found['bytes'] as Uint8Array);
    const Records = places.map((place) => records[place]);
    files.push({
      id,
      bytes: gzipSync(JSON.stringify({ Records })),
      count: places.length,
      // The whole file is no longer here: whoever imports it again gets what is new of it.
      sha256: sha256.startsWith(partOf) ? sha256 : `${partOf}${id} ${sha256}`,
    });
  }
  return files;
}

const partOf = 'part ';

/**
 * Lets files that were forgotten be taken in again, after events are to be kept longer: nothing says any
 * more that they are there.
 */
export function unforget(db: SqlDatabase): void {
  db.exec(`
    DELETE FROM file WHERE length(bytes) = 0;
    UPDATE file SET name = 'part of ' || name WHERE sha256 LIKE '${partOf}%' AND name NOT LIKE 'part of %';
    DELETE FROM state WHERE name LIKE 'lookup %';
  `);
}

export const forgottenName = 'forgotten';

export function sizeOf(db: SqlDatabase): number {
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count'] ?? 0);
  return pages * Number(db.prepare('PRAGMA page_size').get()?.['page_size'] ?? 0);
}

/** Before the time nothing is known anyway: a gap begins there at the earliest. */
function endGaps(db: SqlDatabase, before: Date): void {
  const rows = db.prepare("SELECT name, value FROM state WHERE name LIKE 'gaps %'").all();
  const iso = before.toISOString();
  for (const { name, value } of rows) {
    const gaps = JSON.parse(String(value)) as { from: string; to: string; why: string }[];
    const left = gaps
      .filter(({ to }) => Date.parse(to) > before.getTime())
      .map((gap) => (Date.parse(gap.from) < before.getTime() ? { ...gap, from: iso } : gap));
    writeState(db, String(name), left);
  }
}

function writeState(db: SqlDatabase, name: string, value: unknown): void {
  db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)').run(name, JSON.stringify(value));
}
