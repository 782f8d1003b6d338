import type { Scenario, ScenarioId } from '../scenario';
import { backupArchives } from './backupArchives';
import { microservices } from './microservices';
import { mobileSync } from './mobileSync';
import { objectStorage } from './objectStorage';
import { relationalDatabase } from './relationalDatabase';
import { telemetry } from './telemetry';

/** The guide's decision matrix, in its order. */
export const scenarios: readonly Scenario[] = [
  objectStorage,
  relationalDatabase,
  microservices,
  mobileSync,
  backupArchives,
  telemetry,
];

const byId: Readonly<Record<ScenarioId, Scenario>> = {
  'object-storage': objectStorage,
  'relational-database': relationalDatabase,
  microservices,
  'mobile-sync': mobileSync,
  'backup-archives': backupArchives,
  telemetry,
};

export function scenarioOf(id: ScenarioId): Scenario {
  return byId[id];
}
