import { readExpression, type Expression } from './expression';
import { listOf, nameOf, readerOf, type Reader } from './reader';
import { SqlError } from './tokens';
import { readColumns, type Column } from './types';

/** The statements that the practice account runs. */
export type Statement =
  | { readonly kind: 'create-database'; readonly name: string; readonly ifNotExists: boolean }
  | CreateTable
  | { readonly kind: 'drop-table'; readonly table: TableName; readonly ifExists: boolean }
  | Select;

export interface TableName {
  readonly database: string | undefined;
  readonly name: string;
}

export interface CreateTable {
  readonly kind: 'create-table';
  readonly table: TableName;
  readonly ifNotExists: boolean;
  readonly columns: readonly Column[];
  readonly partitions: readonly Column[];
  /** `s3://bucket/prefix/`. */
  readonly location: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface Select {
  readonly kind: 'select';
  readonly distinct: boolean;
  /** `*` where there is none. */
  readonly items:
    readonly { readonly of: Expression; readonly as: string | undefined }[] | undefined;
  readonly from: TableName;
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly orderBy: readonly { readonly of: Expression; readonly down: boolean }[];
  readonly limit: number | undefined;
}

/** What a statement outside of it is told; the text is this account's own. */
export function outsideSubset(what: string): SqlError {
  return new SqlError(
    `The practice account does not run ${what}. It runs CREATE DATABASE, CREATE EXTERNAL TABLE over CloudTrail's log files, DROP TABLE, and SELECT from one table with WHERE, GROUP BY, ORDER BY and LIMIT.`,
  );
}

/** Reads one statement. @throws SqlError */
export function readStatement(sql: string): Statement {
  const reader = readerOf(sql);
  const statement = readOne(reader);
  reader.take(';');
  if (reader.token().kind !== 'end') throw trailing(reader);
  return statement;
}

const otherStatements =
  /^(alter|with|insert|unload|show|describe|explain|msck|merge|update|delete|vacuum|optimize|prepare|execute|values)$/;
const otherClauses =
  /^(join|cross|left|right|inner|full|union|intersect|except|having|offset|fetch|tablesample)$/;

function trailing(reader: Reader): SqlError {
  const { value, kind } = reader.token();
  return kind === 'word' && otherClauses.test(value)
    ? outsideSubset(value.toUpperCase())
    : reader.refuse('<EOF>');
}

function readOne(reader: Reader): Statement {
  if (reader.take('select')) return readSelect(reader);
  if (reader.take('create', 'database') || reader.take('create', 'schema')) {
    const ifNotExists = reader.take('if', 'not', 'exists');
    return { kind: 'create-database', name: nameOf(reader), ifNotExists };
  }
  if (reader.take('create', 'external', 'table')) return readCreateTable(reader);
  if (reader.take('drop', 'table')) {
    const ifExists = reader.take('if', 'exists');
    return { kind: 'drop-table', table: readTableName(reader), ifExists };
  }
  const { kind, value } = reader.token();
  if (reader.take('create') || reader.take('drop')) {
    throw outsideSubset(`${value} ${reader.token().value}`.toUpperCase());
  }
  if (kind === 'word' && otherStatements.test(value)) throw outsideSubset(value.toUpperCase());
  throw reader.refuse("'ALTER', 'CREATE', 'DROP', 'SELECT', <query>");
}

function readTableName(reader: Reader): TableName {
  const parts = [nameOf(reader)];
  while (reader.take('.')) parts.push(nameOf(reader));
  const name = parts.pop() ?? '';
  const database = parts.pop();
  const [catalog] = parts;
  if (catalog !== undefined && catalog !== 'awsdatacatalog') {
    throw new SqlError(`CATALOG_NOT_FOUND: Catalog '${catalog}' does not exist`);
  }
  return { database, name };
}

const cloudTrailFormat = 'com.amazon.emr.cloudtrail.CloudTrailInputFormat';
const serdes = [
  'org.apache.hive.hcatalog.data.JsonSerDe',
  'com.amazon.emr.hive.serde.CloudTrailSerde',
  'org.openx.data.jsonserde.JsonSerDe',
];

function readCreateTable(reader: Reader): CreateTable {
  const ifNotExists = reader.take('if', 'not', 'exists');
  const table = readTableName(reader);
  const columns = readColumns(reader);
  if (reader.take('comment')) reader.value('text');
  const partitions = reader.take('partitioned', 'by') ? readColumns(reader) : [];
  reader.expect('row', 'format', 'serde');
  const serde = reader.value('text');
  if (!serdes.includes(serde)) throw outsideSubset(`tables with the SerDe ${serde}`);
  if (reader.take('with', 'serdeproperties')) readProperties(reader);
  reader.expect('stored', 'as', 'inputformat');
  const format = reader.value('text');
  if (format !== cloudTrailFormat) throw outsideSubset(`tables with the input format ${format}`);
  reader.expect('outputformat');
  reader.value('text');
  reader.expect('location');
  const location = reader.value('text');
  const properties = reader.take('tblproperties') ? readProperties(reader) : {};
  return { kind: 'create-table', table, ifNotExists, columns, partitions, location, properties };
}

function readProperties(reader: Reader): Record<string, string> {
  const list = listOf(reader, () => {
    const name = reader.value('text');
    reader.expect('=');
    return [name, reader.value('text')] as const;
  });
  return Object.fromEntries(list);
}

function readSelect(reader: Reader): Select {
  const distinct = reader.take('distinct');
  const items = reader.take('*') ? undefined : readItems(reader);
  reader.expect('from');
  if (reader.take('(')) throw outsideSubset('a SELECT within another');
  const from = readTableName(reader);
  const where = reader.take('where') ? readExpression(reader) : undefined;
  const groupBy = reader.take('group', 'by') ? readAll(reader, () => readExpression(reader)) : [];
  const orderBy = reader.take('order', 'by')
    ? readAll(reader, () => {
        const of = readExpression(reader);
        const down = reader.take('desc');
        if (!down) reader.take('asc');
        return { of, down };
      })
    : [];
  const limit = reader.take('limit') ? Number(reader.value('number')) : undefined;
  return { kind: 'select', distinct, items, from, where, groupBy, orderBy, limit };
}

function readItems(reader: Reader): NonNullable<Select['items']> {
  return readAll(reader, () => {
    const of = readExpression(reader);
    const named = reader.take('as') || reader.token().kind === 'name';
    return { of, as: named ? nameOf(reader) : undefined };
  });
}

function readAll<T>(reader: Reader, read: () => T): T[] {
  const list = [read()];
  while (reader.take(',')) list.push(read());
  return list;
}
