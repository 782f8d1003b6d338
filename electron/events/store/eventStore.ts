import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventSourceKind } from '../../../shared/model/events/coverage';
import { AppError } from '../../../shared/model/errors';
import type { EventStorage, Retained } from '../../../shared/model/events/retention';
import { rollBack } from '../../store/index';
import { readLog } from '../log/readLog';
import type { ParsedLogs } from '../parse/parseLogs';
import { EventTable } from '../table/eventTable';
import { openEventDatabase } from './database';
import { loadParts, writePart, writtenOf } from './parts';
import { retain, sizeOf, unforget } from './retain';

/** Where a file came from. */
export type FileSource = EventSourceKind;

/** The stored events. Several processes may have it open: each sees what the others write. */
export interface EventStore {
  /** The events as they stand now. */
  table(): EventTable;
  /** Takes files in, all or none of them; events that are there already are left out. */
  add(parsed: readonly ParsedLogs[], source: FileSource): { added: number; duplicates: number };
  /** Whether a file of that name was taken in. */
  hasName(name: string): boolean;
  /** An event's record as it was read, in JSON. Throws AppError `not-found`. */
  raw(index: number): string;
  /** Events' parsed records, file by file; without those that are no longer stored. */
  records(indexes: readonly number[]): AsyncGenerator<[index: number, record: unknown]>;
  /** Where an event came from first. */
  sourceOf(index: number): FileSource;
  /** By file number, where each came from. */
  sources(): ReadonlyMap<number, FileSource>;
  readState(name: string): string | undefined;
  writeState(name: string, value: string): void;
  stateNames(pattern: RegExp): string[];
  /** Forgets what is older; what comes again later is taken in again once the time moves back. */
  retain(before: Date | undefined): Promise<Retained>;
  storage(before: Date | undefined): EventStorage;
  close(): void;
}

/** Opens the stored events. Throws as openEventDatabase. */
export function openEventStore(path: string, now: () => Date): EventStore {
  const db = openEventDatabase(path);
  let table = new EventTable();
  let lastPart = 0;
  let generation = readState('generation');

  function catchUp(): EventTable {
    const present = readState('generation');
    if (present !== generation) {
      // Events were forgotten: the parts were written anew.
      generation = present;
      table = new EventTable();
      lastPart = 0;
    }
    lastPart = loadParts(db, table, lastPart);
    return table;
  }

  function readState(name: string): string | undefined {
    const value = db.prepare('SELECT value FROM state WHERE name = ?').get(name)?.['value'];
    return value === undefined ? undefined : String(value);
  }

  function writeState(name: string, value: string): void {
    db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)').run(name, value);
  }

  function store(parsed: readonly ParsedLogs[], source: FileSource): number {
    catchUp();
    const written = writtenOf(table);
    const insert = db.prepare(
      'INSERT OR IGNORE INTO file (name, source, sha256, events, read_at, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const readAt = now().toISOString();
    for (const { files, part } of parsed) {
      const numbers = files.map(({ name, sha256, events, gzipped }) => {
        const { changes, lastInsertRowid } = insert.run(
          ...([name, source, sha256, events, readAt, gzipped] as const),
        );
        // With these bytes it is there already, and so are its events.
        return Number(changes) === 0 ? undefined : Number(lastInsertRowid);
      });
      table.take(part, numbers);
    }
    if (table.length > written.events) lastPart = writePart(db, table, written);
    return table.length - written.events;
  }

  return {
    table: catchUp,
    add(parsed, source) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const added = store(parsed, source);
        db.exec('COMMIT');
        return { added, duplicates: parsed.reduce((sum, { part }) => sum + part.events, -added) };
      } catch (error) {
        rollBack(db);
        // What was put into the table is not in the database: read anew what is.
        table = new EventTable();
        lastPart = 0;
        throw error;
      }
    },
    hasName: (name) => db.prepare('SELECT 1 FROM file WHERE name = ?').get(name) !== undefined,
    raw(index) {
      const { file, place } = table.columns;
      const found = db.prepare('SELECT bytes FROM file WHERE id = ?').get(file.at(index));
      if (!found) throw new AppError('not-found', 'The record of this event is no longer stored.');
      const { records } = readLog(found['bytes'] as Uint8Array);
      return JSON.stringify(records[place.at(index)], null, 2);
    },
    async *records(indexes) {
      const { file, place } = table.columns;
      const select = db.prepare('SELECT bytes FROM file WHERE id = ?');
      const inFiles = indexes.toSorted((a, b) => file.at(a) - file.at(b));
      let open: { file: number; records: readonly unknown[] } | undefined;
      for (const index of inFiles) {
        const wanted = file.at(index);
        if (open?.file !== wanted) {
          const found = select.get(wanted);
          const records = found ? readLog(found['bytes'] as Uint8Array).records : [];
          open = { file: wanted, records };
          await nextTurn(); // other questions are heard between files
        }
        const record = open.records[place.at(index)];
        if (record !== undefined) yield [index, record];
      }
    },
    sourceOf(index) {
      const id = table.columns.file.at(index);
      const found = db.prepare('SELECT source FROM file WHERE id = ?').get(id);
      if (!found) throw new AppError('not-found', 'The record of this event is no longer stored.');
      return found['source'] as FileSource;
    },
    sources() {
      const rows = db.prepare('SELECT id, source FROM file').all();
      return new Map(rows.map(({ id, source }) => [Number(id), source as FileSource]));
    },
    readState,
    writeState,
    stateNames: (pattern) =>
      db
        .prepare('SELECT name FROM state ORDER BY name')
        .all()
        .map(({ name }) => String(name))
        .filter((name) => pattern.test(name)),
    async retain(before) {
      const last = readState('retention');
      const longer = last !== undefined && (!before || before.toISOString() < last);
      writeState('retention', before?.toISOString() ?? '');
      if (longer && last !== '') unforget(db);
      if (!before) return { events: 0, files: 0, bytes: 0 };
      return retain(before, {
        db,
        table: catchUp,
        now: now(),
        rewritten(fresh, part) {
          generation = String(Number(generation ?? 0) + 1);
          writeState('generation', generation);
          table = fresh;
          lastPart = part;
        },
      });
    },
    storage(before) {
      const { at } = catchUp().columns;
      const seconds = (before?.getTime() ?? -Infinity) / 1000;
      let [oldest, newest, older] = [Infinity, -Infinity, 0];
      for (let i = 0; i < table.length; i += 1) {
        const time = at.at(i);
        if (time < oldest) oldest = time;
        if (time > newest) newest = time;
        if (time < seconds) older += 1;
      }
      const files = db.prepare('SELECT COUNT(*) AS n FROM file WHERE length(bytes) > 0').get();
      return {
        bytes: sizeOf(db),
        events: table.length,
        files: Number(files?.['n'] ?? 0),
        ...(table.length > 0 && {
          oldest: new Date(oldest * 1000).toISOString(),
          newest: new Date(newest * 1000).toISOString(),
        }),
        older,
      };
    },
    close: () => db.close(),
  };
}
