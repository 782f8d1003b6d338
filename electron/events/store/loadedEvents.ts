import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/model/errors';
import { rollBack } from '../../store/index';
import type { SqlDatabase } from '../../store/types';
import { EventTable } from '../table/eventTable';
import type { ColumnsFile } from './columnsFile';
import { loadParts } from './parts';

/** Fewer events are read from their parts as soon. */
const leastEvents = 5000;
/** The file is written anew when so large a share of the events, or so many parts, are not in it. */
const newShare = 0.02;
const newParts = 16;

/** Names of what the database keeps of it. */
const generationName = 'generation';
export const columnsName = 'columns';

/** The events of a database in memory. Several processes may write them: each sees what the others wrote. */
export interface LoadedEvents {
  /** As they stand now, read as far as they were not. */
  readonly current: () => EventTable;
  /** As they were when they were last read: what numbers of events mean that were asked for before. */
  readonly last: () => EventTable;
  /** Tells that the table has them up to this part, which the caller wrote. */
  readonly written: (part: number) => void;
  /** To be read anew: what was put into the table did not get into the database. */
  readonly lost: () => void;
  /** Within the transaction that wrote all parts anew, since events were forgotten. */
  readonly replaced: (table: EventTable, part: number) => void;
  /** Writes the file that spares the next start the parts, where it is worth it. */
  readonly keep: () => Promise<void>;
}

export interface KeptState {
  read(name: string): string | undefined;
  write(name: string, value: string): void;
}

export function loadedEvents(db: SqlDatabase, file: ColumnsFile, state: KeptState): LoadedEvents {
  let held: { table: EventTable; part: number } | undefined;
  let generation = state.read(generationName);
  /** What of the events the file has. */
  let kept = { part: 0, events: 0 };

  function current(): EventTable {
    const present = state.read(generationName);
    if (present !== generation) {
      // Events were forgotten: the parts were written anew.
      generation = present;
      held = undefined;
    }
    held ??= fromFile();
    held.part = loadParts(db, held.table, held.part);
    return held.table;
  }

  function fromFile(): NonNullable<typeof held> {
    const key = state.read(columnsName);
    const [part = '', of = ''] = key?.split(' ') ?? [];
    const image = key !== undefined && of === (generation ?? '') ? file.read(key) : undefined;
    // Another database had it, or what it has was forgotten: it is of no use, and should not lie about.
    if (!image) file.remove();
    const table = new EventTable(image);
    kept = { part: image ? Number(part) : 0, events: table.length };
    return { table, part: kept.part };
  }

  return {
    current,
    last: () => held?.table ?? current(),
    written(part) {
      if (held) held.part = part;
    },
    lost() {
      held = undefined;
    },
    replaced(table, part) {
      file.remove();
      db.prepare('DELETE FROM state WHERE name = ?').run(columnsName);
      generation = String(Number(generation ?? 0) + 1);
      state.write(generationName, generation);
      held = { table, part };
      kept = { part: 0, events: 0 };
    },
    async keep() {
      const table = current();
      const { part = 0 } = held ?? {};
      const events = table.length;
      const isNew = events - kept.events > events * newShare || part - kept.part >= newParts;
      if (events < leastEvents || !isNew) return;
      const of = generation ?? '';
      // No two writings have the same key: what another process, or an earlier database, wrote has another.
      const key = `${part} ${of} ${randomUUID()}`;
      try {
        await file.write(key, table.image());
      } catch (error) {
        // It saves time only. Whoever runs out of disk is told when events cannot be stored.
        if (error instanceof AppError) return;
        throw error;
      }
      db.exec('BEGIN IMMEDIATE');
      try {
        // Where events were forgotten meanwhile the file has them still.
        if ((state.read(generationName) ?? '') === of) state.write(columnsName, key);
        else file.remove();
        db.exec('COMMIT');
      } catch (error) {
        rollBack(db);
        throw error;
      }
      kept = { part, events };
    },
  };
}
