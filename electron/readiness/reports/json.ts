import { checkOf } from '../../../shared/model/readiness/checks/index';
import { frameworkIds, requirementsFor } from '../../../shared/model/readiness/frameworks';
import type { ReadinessReport, ReportCheck } from '../../../shared/model/readiness/report/report';

/** The report as one JSON document, check after check (docs/readiness.md). */
export async function* reportJson(report: ReadinessReport): AsyncGenerator<string> {
  const { checks, ...rest } = report;
  const head = JSON.stringify({ format: 'claviger-readiness-report/1', ...rest }, null, 2);
  yield `${head.slice(0, -2)},\n  "checks": [`;
  for (const [at, check] of checks.entries()) {
    yield `${at > 0 ? ',' : ''}\n${JSON.stringify(described(check), null, 2)}`;
    await new Promise(setImmediate);
  }
  yield `\n  ]\n}\n`;
}

/** A check with what it asks and which requirements it speaks to: a reader has no list of them. */
function described({ leftOut: _none, ...check }: ReportCheck) {
  const facts = checkOf(check.id);
  if (!facts) return check;
  const { group, severity, question, why, remedy, permissions, shelfLifeHours } = facts;
  const requirements = Object.fromEntries(
    frameworkIds.map((id) => [id, requirementsFor(facts, id)]),
  );
  const asked = {
    group,
    severity,
    question,
    why,
    remedy,
    permissions,
    shelfLifeHours,
    requirements,
  };
  return { ...asked, ...check };
}
