import type { Migration } from './index';

/**
 * What readings of the key inventory told of policies, grantees and aliases, so that the watch can
 * compare a change with the time before it. Readings that told the same are one row from `since` to
 * `until`; values, which many keys share, are kept once.
 */
export const keyPastMigration: Migration = {
  version: 9,
  name: 'key-past',
  sql: `
    CREATE TABLE key_past_value (sha256 TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE key_past (
      id INTEGER PRIMARY KEY,
      part TEXT NOT NULL,
      account TEXT NOT NULL,
      region TEXT NOT NULL,
      subject TEXT NOT NULL,
      since TEXT NOT NULL,
      until TEXT NOT NULL,
      sha256 TEXT NOT NULL REFERENCES key_past_value (sha256),
      UNIQUE (part, account, region, subject, since)
    ) STRICT;
  `,
};
