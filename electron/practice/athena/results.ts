import { parse } from 'csv-parse/sync';
import { toText, type Column, type SqlValue } from './sql/types';

/** The result of a SELECT as Athena writes it into S3: everything quoted, null as nothing. */
export function resultCsv(columns: readonly Column[], rows: readonly SqlValue[][]): string {
  const head = columns.map(({ name }) => quoted(name)).join(',');
  const lines = rows.map((row) =>
    row
      .map((value) => {
        const text = toText(value);
        return text === null ? '' : quoted(text);
      })
      .join(','),
  );
  return [head, ...lines].map((line) => `${line}\n`).join('');
}

/** A page of GetQueryResults, read from what lies in S3; the first row names the columns. */
export function resultPage(
  csv: string,
  columns: readonly Column[],
  from: number,
  limit: number,
): { readonly page: object; readonly next: number | undefined } {
  const rows = parse(csv, {
    relax_column_count: true,
    cast: (value, { quoting }) => (quoting ? value : null),
  }) as (string | null)[][];
  const end = from + limit;
  return {
    next: end < rows.length ? end : undefined,
    page: {
      UpdateCount: 0,
      ResultSet: {
        Rows: rows.slice(from, end).map((row) => ({
          Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
        })),
        ResultSetMetadata: { ColumnInfo: columns.map(columnInfo) },
      },
    },
  };
}

function columnInfo({ name, type }: Column): object {
  const plain = type.kind === 'plain' ? type.name : type.kind === 'struct' ? 'row' : type.kind;
  const isText = plain === 'string' || plain === 'varchar';
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: isText ? 'varchar' : plain,
    Precision: isText ? 2_147_483_647 : 0,
    Scale: 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: isText,
  };
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
