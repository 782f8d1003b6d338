import type { Account } from '../account/account';
import type { CreateTable, Statement, TableName } from './sql/statement';
import { SqlError } from './sql/tokens';

export type TableRecord = Omit<CreateTable, 'kind' | 'ifNotExists' | 'table'> & {
  readonly database: string;
  readonly name: string;
};

/** The databases and tables of one Region (AWS Glue's catalog, as far as statements make and read it). */
export interface Catalog {
  /** Runs a statement that changes the catalog. @throws SqlError in Athena's words */
  change(statement: Exclude<Statement, { kind: 'select' }>, database: string): void;
  /** @throws SqlError */
  table(name: TableName, database: string): TableRecord;
}

export function openCatalog({ state }: Pick<Account, 'state'>, region: string): Catalog {
  const databases = state.of<{ name: string }>(`glue-database@${region}`);
  const tables = state.of<TableRecord>(`glue-table@${region}`);
  const hasDatabase = (name: string) => name === 'default' || databases.get(name) !== undefined;
  const keyOf = (table: TableName, database: string) =>
    `${table.database ?? database}.${table.name}`;

  return {
    change(statement, database) {
      if (statement.kind === 'create-database') {
        const { name, ifNotExists } = statement;
        if (hasDatabase(name) && !ifNotExists) throw exists(`Database ${name} already exists`);
        databases.put(name, { name });
      } else if (statement.kind === 'create-table') {
        const { kind: _kind, ifNotExists, table, ...rest } = statement;
        const within = table.database ?? database;
        if (!hasDatabase(within)) {
          throw new SqlError(
            `FAILED: SemanticException [Error 10072]: Database does not exist: ${within}`,
          );
        }
        const key = keyOf(table, database);
        if (tables.get(key) && ifNotExists) return;
        if (tables.get(key)) throw exists(`Table ${table.name} already exists.`);
        if (!/^s3:\/\/[^/]+\//.test(rest.location)) {
          throw new SqlError(
            `FAILED: SemanticException [Error 10001]: The specified location is not a directory in S3: ${rest.location}`,
          );
        }
        tables.put(key, { ...rest, database: within, name: table.name });
      } else {
        const key = keyOf(statement.table, database);
        if (!tables.get(key) && !statement.ifExists) {
          throw new SqlError(`FAILED: SemanticException [Error 10001]: Table not found ${key}`);
        }
        tables.delete(key);
      }
      state.commit();
    },
    table(name, database) {
      const key = keyOf(name, database);
      const found = tables.get(key);
      if (found) return found;
      throw new SqlError(`TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.${key}' does not exist`);
    },
  };
}

function exists(message: string): SqlError {
  return new SqlError(
    `FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. AlreadyExistsException(message:${message})`,
  );
}
