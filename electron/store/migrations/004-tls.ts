import type { Migration } from './index';

/**
 * The endpoints of TLS scans and what their scans found. `target` is host, port and name to send as
 * one text: an endpoint is there once. The scans of one endpoint that belong together (one for each
 * address) share a `run`. `summary` and `differences` are JSON for lists; `result` is the whole scan
 * as JSON, deflated.
 */
export const tlsMigration: Migration = {
  version: 4,
  name: 'tls',
  sql: `
    CREATE TABLE tls_endpoint (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      target TEXT NOT NULL UNIQUE,
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE tls_scan (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      endpoint INTEGER NOT NULL REFERENCES tls_endpoint (seq) ON DELETE CASCADE,
      run INTEGER NOT NULL,
      at TEXT NOT NULL,
      summary TEXT NOT NULL,
      differences TEXT NOT NULL,
      result BLOB NOT NULL
    ) STRICT;
    CREATE INDEX tls_scan_of_endpoint ON tls_scan (endpoint, run);
    CREATE INDEX tls_scan_by_time ON tls_scan (at);
  `,
};
