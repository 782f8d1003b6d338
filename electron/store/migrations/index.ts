import { journalMigration } from './001-journal';
import { settingsMigration } from './002-settings';
import { keysMigration } from './003-keys';
import { tlsMigration } from './004-tls';
import { readinessMigration } from './005-readiness';
import { watchMigration } from './006-watch';
import { canariesMigration } from './007-canaries';
import { drillsMigration } from './008-drills';
import { keyPastMigration } from './009-key-past';
import { keyUsageMigration } from './010-key-usage';

/** One step of the database's format. Once released it is never changed: a new one is added. */
export interface Migration {
  /** 1, 2, 3, ... without a gap; what `PRAGMA user_version` says when it has run. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** All steps in their order. */
export const migrations: readonly Migration[] = [
  journalMigration,
  settingsMigration,
  keysMigration,
  tlsMigration,
  readinessMigration,
  watchMigration,
  canariesMigration,
  drillsMigration,
  keyPastMigration,
  keyUsageMigration,
];
