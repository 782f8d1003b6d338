import type { Migration } from './index';

/**
 * An entry is its canonical JSON text, and the hash of that text: what is verified is what is stored
 * (docs/journal.md). The triggers stop mistakes, the chain of hashes shows intent.
 */
export const journalMigration: Migration = {
  version: 1,
  name: 'journal',
  sql: `
    CREATE TABLE journal (
      seq INTEGER PRIMARY KEY,
      body TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER journal_append_only BEFORE INSERT ON journal
      WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  `,
};
