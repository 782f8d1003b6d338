import type { SqlDatabase } from '../../store/types';
import { numberColumns, wordColumns } from '../table/columns';
import type { EventTable } from '../table/eventTable';
import { fromBytes } from '../table/vector';

const columnNames = [...wordColumns, ...numberColumns];

/** Reads the parts that were written after `after` into the table; gives the last part's number. */
export function loadParts(db: SqlDatabase, table: EventTable, after: number): number {
  const parts = db
    .prepare('SELECT id, events, odd_ids FROM part WHERE id > ? ORDER BY id')
    .all(after);
  const readColumns = db.prepare('SELECT name, width, bytes FROM part_column WHERE part = ?');
  const readWords = db.prepare('SELECT name, words FROM word WHERE part = ?');
  if (parts.length > 1) {
    table.reserve(parts.reduce((sum, { events }) => sum + Number(events), 0));
  }
  let last = after;
  for (const part of parts) {
    last = Number(part['id']);
    for (const { name, words } of readWords.all(last)) {
      const column = table.words[name as (typeof wordColumns)[number]];
      column.append(JSON.parse(String(words)) as string[]);
    }
    for (const { name, width, bytes } of readColumns.all(last)) {
      if (name === 'id') {
        const odd = JSON.parse(String(part['odd_ids'])) as [number, string][];
        table.ids.append({ words: fromBytes(bytes as Uint8Array, 4) as Uint32Array, odd });
      } else {
        const column = table.columns[name as (typeof columnNames)[number]];
        column.append(fromBytes(bytes as Uint8Array, Number(width)));
      }
    }
  }
  return last;
}

/** How far a table is written: what comes after is the next part. */
export interface Written {
  readonly events: number;
  readonly words: Readonly<Record<string, number>>;
}

export function writtenOf(table: EventTable): Written {
  return {
    events: table.length,
    words: Object.fromEntries(wordColumns.map((name) => [name, table.words[name].values.length])),
  };
}

/** Writes what the table has beyond `written` as a new part, within the caller's transaction; gives its number. */
export function writePart(db: SqlDatabase, table: EventTable, written: Written): number {
  const ids = table.ids.part(written.events);
  const events = table.length - written.events;
  const { lastInsertRowid } = db
    .prepare('INSERT INTO part (events, odd_ids) VALUES (?, ?)')
    .run(events, JSON.stringify(ids.odd));
  const part = Number(lastInsertRowid);
  const column = db.prepare('INSERT INTO part_column VALUES (?, ?, ?, ?)');
  column.run(part, 'id', 4, new Uint8Array(ids.words.buffer));
  for (const name of columnNames) {
    const vector = table.columns[name];
    column.run(part, name, vector.width, vector.bytes(written.events));
  }
  const word = db.prepare('INSERT INTO word VALUES (?, ?, ?)');
  for (const name of wordColumns) {
    const news = table.words[name].values.slice(written.words[name]);
    if (news.length > 0) word.run(part, name, JSON.stringify(news));
  }
  return part;
}
