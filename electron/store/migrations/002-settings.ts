import type { Migration } from './index';

/** Small values by name, as JSON: the settings, the chosen connections. */
export const settingsMigration: Migration = {
  version: 2,
  name: 'settings',
  sql: `
    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
