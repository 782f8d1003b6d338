import type { Migration } from './index';

/**
 * Recovery drills. A drill is its entries, one after another (`body` is the canonical JSON that `hash`
 * is of; the entry before is named in it): what is proved is what is stored. `drill_file` holds
 * evidence, and after the closing every file of the bundle. `secret` of a person is the private key
 * under their passphrase; `sealed` of a share can be opened with that key alone. A canary's envelope
 * holds nothing in the clear.
 */
export const drillsMigration: Migration = {
  version: 8,
  name: 'drills',
  sql: `
    CREATE TABLE drill_plan (
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (id, version)
    ) STRICT;
    CREATE TABLE drill_plan_retired (id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
    CREATE TABLE drill_entry (
      drill TEXT NOT NULL,
      seq INTEGER NOT NULL,
      body TEXT NOT NULL,
      hash TEXT NOT NULL,
      PRIMARY KEY (drill, seq)
    ) STRICT;
    CREATE TRIGGER drill_entry_no_update BEFORE UPDATE ON drill_entry
      BEGIN SELECT RAISE(ABORT, 'the entries of a drill are append-only'); END;
    CREATE TRIGGER drill_entry_no_delete BEFORE DELETE ON drill_entry
      BEGIN SELECT RAISE(ABORT, 'the entries of a drill are append-only'); END;
    CREATE TRIGGER drill_entry_append_only BEFORE INSERT ON drill_entry
      WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM drill_entry WHERE drill = NEW.drill)
      BEGIN SELECT RAISE(ABORT, 'the entries of a drill are append-only'); END;
    CREATE TABLE drill_file (
      drill TEXT NOT NULL,
      name TEXT NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (drill, name)
    ) STRICT;
    CREATE TABLE drill_finding (
      drill TEXT NOT NULL,
      id TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (drill, id)
    ) STRICT;
    CREATE TABLE drill_share (
      drill TEXT NOT NULL,
      person TEXT NOT NULL,
      sealed TEXT NOT NULL,
      PRIMARY KEY (drill, person)
    ) STRICT;
    CREATE TABLE drill_person (
      id TEXT PRIMARY KEY,
      body TEXT NOT NULL,
      secret TEXT
    ) STRICT;
  `,
};
