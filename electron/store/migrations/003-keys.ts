import type { Migration } from './index';

/**
 * The inventory's last snapshot. A row is the JSON that the window gets (a KeyRow); `last_known` keeps
 * those parts of it that were known before they could not be told. A scope is one Region of one
 * connection; `listed_at` is when all its keys were last listed, without which nothing is new or gone.
 */
export const keysMigration: Migration = {
  version: 3,
  name: 'keys',
  sql: `
    CREATE TABLE key_scope (
      connection TEXT NOT NULL,
      region TEXT NOT NULL,
      report TEXT NOT NULL,
      listed_at TEXT,
      PRIMARY KEY (connection, region)
    ) STRICT;
    CREATE TABLE key_row (
      id INTEGER PRIMARY KEY,
      connection TEXT NOT NULL,
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      row TEXT NOT NULL,
      last_known TEXT NOT NULL,
      UNIQUE (connection, region, key_id)
    ) STRICT;
  `,
};
