import type { Migration } from './index';

/**
 * What outlives the copy of the events, which can be deleted and read again: that an alert of theirs
 * was acknowledged, as it stood then (`alert` is JSON), and what changed on keys from one inventory to
 * the next (`what` is a JSON list of words). `events` is how many the alert had: more of them open it again.
 */
export const watchMigration: Migration = {
  version: 6,
  name: 'watch',
  sql: `
    CREATE TABLE watch_acknowledgement (
      alert_id TEXT PRIMARY KEY,
      at TEXT NOT NULL,
      operator TEXT NOT NULL,
      note TEXT NOT NULL,
      events INTEGER NOT NULL,
      alert TEXT NOT NULL
    ) STRICT;
    CREATE TABLE key_drift (
      id INTEGER PRIMARY KEY,
      connection TEXT NOT NULL,
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      arn TEXT NOT NULL,
      account TEXT NOT NULL,
      since TEXT NOT NULL,
      until TEXT NOT NULL,
      what TEXT NOT NULL,
      UNIQUE (connection, region, key_id, since)
    ) STRICT;
    CREATE INDEX key_drift_by_time ON key_drift (until);
  `,
};
