import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventSourceKind } from '../../../shared/model/events/coverage';
import { AppError } from '../../../shared/model/errors';
import type { EventStorage, Retained } from '../../../shared/model/events/retention';
import { rollBack } from '../../store/index';
import { readLog } from '../log/readLog';
import type { ParsedLogs } from '../parse/parseLogs';
import type { EventTable } from '../table/eventTable';
import { openEventDatabase } from './database';
import { columnsFile } from './columnsFile';
import { loadedEvents } from './loadedEvents';
import { writePart, writtenOf } from './parts';
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
  /** To be called when many events have come: they are there sooner at the next start. */
  keep(): Promise<void>;
  close(): void;
}

/** Opens the stored events. Throws as openEventDatabase. */
export function openEventStore(path: string, now: () => Date): EventStore {
  const db = openEventDatabase(path);
  const file = columnsFile(path);
  const loaded = loadedEvents(db, file, { read: readState, write: writeState });
  const { current } = loaded;

  function readState(name: string): string | undefined {
    const value = db.prepare('SELECT value FROM state WHERE name = ?').get(name)?.['value'];
    return value === undefined ? undefined : String(value);
  }

  function writeState(name: string, value: string): void {
    db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)').run(name, value);
  }

  function store(parsed: readonly ParsedLogs[], source: FileSource): number {
    const table = current();
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
    if (table.length > written.events) loaded.written(writePart(db, table, written));
    return table.length - written.events;
  }

  return {
    table: current,
    keep: loaded.keep,
    add(parsed, source) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const added = store(parsed, source);
        db.exec('COMMIT');
        return { added, duplicates: parsed.reduce((sum, { part }) => sum + part.events, -added) };
      } catch (error) {
        rollBack(db);
        loaded.lost();
        throw error;
      }
    },
    hasName: (name) => db.prepare('SELECT 1 FROM file WHERE name = ?').get(name) !== undefined,
    raw(index) {
      const { columns } = loaded.last();
      const id = columns.file.at(index);
      const found = db.prepare('SELECT bytes FROM file WHERE id = ?').get(id);
      if (!found) throw new AppError('not-found', 'The record of this event is no longer stored.');
      const { records } = readLog(found['bytes'] as Uint8Array);
      return JSON.stringify(records[columns.place.at(index)], null, 2);
    },
    async *records(indexes) {
      const { file, place } = loaded.last().columns;
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
      const id = loaded.last().columns.file.at(index);
      const found = db.prepare('SELECT source FROM file WHERE id = ?').get(id);
      if (!found) throw new AppError('not-found', 'The record of this event is no longer stored.');
      return found['source'] as FileSource;
    },
    sources() {
      // One row a source: a row for each of some ten thousand files takes ten times as long.
      const rows = db.prepare('SELECT source, group_concat(id) AS ids FROM file GROUP BY source');
      return new Map(
        rows.all().flatMap(({ source, ids }) =>
          String(ids)
            .split(',')
            .map((id) => [Number(id), source as FileSource] as const),
        ),
      );
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
        table: current,
        now: now(),
        rewritten: loaded.replaced,
      });
    },
    storage(before) {
      const table = current();
      const { at } = table.columns;
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
        bytes: sizeOf(db) + file.size(),
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
