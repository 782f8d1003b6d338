import { listOf, nameOf, type Reader } from './reader';

/** A column's type, as the catalog has it. */
export type SqlType =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'array'; readonly of: SqlType }
  | { readonly kind: 'map'; readonly of: SqlType }
  | { readonly kind: 'struct'; readonly fields: readonly Column[] };

export interface Column {
  readonly name: string;
  readonly type: SqlType;
}

export type SqlValue =
  null | string | number | boolean | readonly SqlValue[] | { readonly [field: string]: SqlValue };

export const varchar: SqlType = { kind: 'plain', name: 'varchar' };
export const bigint: SqlType = { kind: 'plain', name: 'bigint' };
export const boolean: SqlType = { kind: 'plain', name: 'boolean' };
export const json: SqlType = { kind: 'plain', name: 'json' };

const plain = new Set([
  'string',
  'varchar',
  'bigint',
  'int',
  'integer',
  'double',
  'boolean',
  'json',
]);

/** Reads `struct<a:string,b:array<string>>` and the like. @throws SqlError */
export function readType(reader: Reader): SqlType {
  if (reader.take('array')) return { kind: 'array', of: within(reader, () => readType(reader)) };
  if (reader.take('map')) {
    return {
      kind: 'map',
      of: within(reader, () => {
        readType(reader);
        reader.expect(',');
        return readType(reader);
      }),
    };
  }
  if (reader.take('struct')) {
    const fields = within(reader, () => {
      const list = [readField(reader)];
      while (reader.take(',')) list.push(readField(reader));
      return list;
    });
    return { kind: 'struct', fields };
  }
  if (!plain.has(reader.token().value)) throw reader.refuse('type');
  return { kind: 'plain', name: reader.value('word') };
}

/** `(name type, ...)`; comments are read and left out. */
export function readColumns(reader: Reader): Column[] {
  return listOf(reader, () => {
    const column = { name: nameOf(reader), type: readType(reader) };
    if (reader.take('comment')) reader.value('text');
    return column;
  });
}

function readField(reader: Reader): Column {
  const name = nameOf(reader);
  reader.expect(':');
  return { name, type: readType(reader) };
}

function within<T>(reader: Reader, read: () => T): T {
  reader.expect('<');
  const inner = read();
  reader.expect('>');
  return inner;
}

/**
 * A JSON value as a column of that type holds it: Hive's JSON reader finds members whatever the case
 * of their names, and gives what is no text to a string column as JSON.
 */
export function toColumn(value: unknown, type: SqlType): SqlValue {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'plain':
      return typeof value === 'object' ? JSON.stringify(value) : plainValue(value, type.name);
    case 'array':
      return Array.isArray(value) ? value.map((item) => toColumn(item, type.of)) : null;
    case 'map':
      return isRecord(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, of]) => [name, toColumn(of, type.of)]),
          )
        : null;
    case 'struct':
      break;
  }
  return isRecord(value) ? toRow(value, type.fields) : null;
}

/** The columns of a record. */
export function toRow(
  value: Readonly<Record<string, unknown>>,
  columns: readonly Column[],
): Record<string, SqlValue> {
  const members = new Map(Object.entries(value).map(([name, of]) => [name.toLowerCase(), of]));
  return Object.fromEntries(
    columns.map(({ name, type }) => [name, toColumn(members.get(name), type)]),
  );
}

/** As a result shows it: structs as `{a=1, b=2}`; null stays null. */
export function toText(value: SqlValue): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  const inner = Array.isArray(value)
    ? value.map((item: SqlValue) => toText(item) ?? 'null')
    : Object.entries(value).map(([name, of]) => `${name}=${toText(of) ?? 'null'}`);
  return Array.isArray(value) ? `[${inner.join(', ')}]` : `{${inner.join(', ')}}`;
}

/** The same, where it is known to be no null. */
export function shown(value: SqlValue): string {
  return toText(value) ?? '';
}

function plainValue(value: unknown, name: string): SqlValue {
  if (name === 'boolean') return value === true || value === 'true';
  if (name === 'string' || name === 'varchar' || name === 'json') return String(value);
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
