import type { Migration } from './index';

/**
 * The checklist: what was read for it and is stored nowhere else (`readiness_source`, JSON, deflated);
 * the documents that its verdicts rest on, as they were hashed; the last verdict of every thing
 * (`readiness_verdicts`, one JSON object a check) and what changed; the evaluations in which something
 * was otherwise; what people have recorded. A subject of '' is the whole check.
 */
export const readinessMigration: Migration = {
  version: 5,
  name: 'readiness',
  sql: `
    CREATE TABLE readiness_source (
      source TEXT PRIMARY KEY,
      read_at TEXT NOT NULL,
      problem TEXT,
      body BLOB
    ) STRICT;
    CREATE TABLE readiness_document (
      id TEXT PRIMARY KEY,
      source TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX readiness_document_of_source ON readiness_document (source);
    CREATE TABLE readiness_verdicts (
      check_id TEXT PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE readiness_change (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      check_id TEXT NOT NULL,
      subject TEXT NOT NULL,
      name TEXT NOT NULL,
      was TEXT,
      became TEXT
    ) STRICT;
    CREATE INDEX readiness_change_by_time ON readiness_change (at);
    CREATE INDEX readiness_change_of_thing ON readiness_change (check_id, subject);
    CREATE TABLE readiness_evaluation (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      point TEXT NOT NULL
    ) STRICT;
    CREATE TABLE readiness_care (
      check_id TEXT NOT NULL,
      subject TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (check_id, subject)
    ) STRICT;
    CREATE TABLE readiness_attestation (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      check_id TEXT NOT NULL,
      body TEXT NOT NULL,
      file BLOB
    ) STRICT;
    CREATE TABLE readiness_history (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      operator TEXT NOT NULL,
      kind TEXT NOT NULL,
      check_id TEXT NOT NULL,
      subject TEXT NOT NULL,
      what TEXT NOT NULL
    ) STRICT;
    CREATE INDEX readiness_history_of_thing ON readiness_history (check_id, subject);
  `,
};
