import type { Migration } from './index';

/**
 * Small envelopes that are kept to prove later that a key still opens what it sealed. `envelope` is the
 * file as it would be exported; the plaintext is kept nowhere, only its hash. `last` is JSON: how the
 * latest attempt at opening ended.
 */
export const canariesMigration: Migration = {
  version: 7,
  name: 'canaries',
  sql: `
    CREATE TABLE canary (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      connection TEXT NOT NULL,
      region TEXT NOT NULL,
      key_id TEXT NOT NULL,
      key_arn TEXT NOT NULL,
      key_material_id TEXT,
      plaintext_sha256 TEXT NOT NULL,
      created TEXT NOT NULL,
      note TEXT NOT NULL,
      origin TEXT NOT NULL,
      envelope BLOB NOT NULL,
      last TEXT
    ) STRICT;
    CREATE INDEX canary_of_key ON canary (key_arn);
  `,
};
