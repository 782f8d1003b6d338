import type { Check } from '../check';
import { atRestChecks } from './at-rest/index';
import { auditChecks } from './audit/index';
import { certificateChecks } from './certificates/index';
import { inTransitChecks } from './in-transit/index';
import { keysChecks } from './keys/index';
import { peopleChecks } from './people/index';
import { recoveryChecks } from './recovery/index';

/** The whole checklist, group after group. */
export const checks: readonly Check[] = [
  ...keysChecks,
  ...atRestChecks,
  ...inTransitChecks,
  ...certificateChecks,
  ...auditChecks,
  ...recoveryChecks,
  ...peopleChecks,
];

const byId = new Map(checks.map((check) => [check.id, check]));

/** The check with an id; undefined where there is none. */
export function checkOf(id: string): Check | undefined {
  return byId.get(id);
}
