import type { Check } from '../check';
import { auditChecks } from './audit/index';
import { keysChecks } from './keys/index';

/** The whole checklist, group after group. */
export const checks: readonly Check[] = [...keysChecks, ...auditChecks];

const byId = new Map(checks.map((check) => [check.id, check]));

/** The check with an id; undefined where there is none. */
export function checkOf(id: string): Check | undefined {
  return byId.get(id);
}
