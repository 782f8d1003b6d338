/** A value that SQLite stores as it is. */
export type SqlValue = string | number | bigint | Uint8Array | null;

export interface SqlStatement {
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...values: SqlValue[]): Record<string, SqlValue> | undefined;
  all(...values: SqlValue[]): Record<string, SqlValue>[];
  iterate(...values: SqlValue[]): IterableIterator<Record<string, SqlValue>>;
}

/** The common part of `node:sqlite` and its drop-in @photostructure/sqlite. */
export interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
}

/** The program's one database, opened and migrated. Its errors are AppErrors (`disk-full`, `store-corrupt`, ...). */
export interface Store {
  readonly db: SqlDatabase;
  /** Runs `work` in one transaction: all of it or nothing. Called inside another, it joins that one. */
  transaction<T>(work: () => T): T;
  /** What the operator must know of the opening: a corrupt database set aside, a backup restored. */
  readonly notices: readonly string[];
  /**
   * Once a day: checks the whole file in slices, then copies it to the backups, off this thread; gives
   * notices like those of the opening. Cheap where today's backup is there.
   */
  maintain(): Promise<string[]>;
  close(): void;
}
