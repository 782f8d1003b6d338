import type { Migration } from './index';

/** When each key was last used, as AWS said when it was last asked (JSON): some days a reading counts. */
export const keyUsageMigration: Migration = {
  version: 10,
  name: 'key usage',
  sql: `
    CREATE TABLE key_usage (
      connection TEXT NOT NULL,
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (connection, region, key_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
