import type { Verdict } from '../../verdict';
import type { Asked, SelectorFacts, StatusFacts, TrailFacts } from './evidence';
import { cannotTell, evidenceOf, fail, pass, type Finding } from './finding';

/** A trail with what AWS says of it. */
export interface JudgedTrail {
  readonly facts: TrailFacts;
  /** DescribeTrails, which it is from. */
  readonly described: Asked<readonly TrailFacts[]>;
  readonly status: Asked<StatusFacts>;
  readonly selectors: Asked<SelectorFacts>;
}

/** Whether something holds of one trail; undefined where it cannot be told. */
export interface Statement {
  readonly holds: boolean | undefined;
  readonly why: string;
  readonly permission?: string | undefined;
}

/** What was asked, and AWS did not answer. */
export function unanswered({
  message,
  permission,
}: {
  message: string;
  permission?: string | undefined;
}): Statement {
  return { holds: undefined, why: message, permission };
}

/** Both must hold: a "no" decides, then what cannot be told. */
export function both(a: Statement, b: Statement): Statement {
  if (a.holds === false) return a;
  return b.holds !== false && a.holds === undefined ? a : b;
}

/** The verdict where one trail of which it holds is enough. */
export function anyHolds(statements: readonly Statement[], remedy: string): Verdict {
  const holding = statements.find(({ holds }) => holds === true);
  if (holding) return pass(holding.why);
  const unknown = statements.find(({ holds }) => holds === undefined);
  if (unknown) return cannotTell({ message: unknown.why, permission: unknown.permission });
  return fail([...new Set(statements.map(({ why }) => why))].join(' '), remedy);
}

/** Whether the trail is on, as GetTrailStatus says. */
export function isOn({ facts, status }: JudgedTrail): Statement {
  if ('refused' in status) return unanswered(status.refused);
  return status.answer.logging
    ? { holds: true, why: `The trail ${facts.name} is on.` }
    : { holds: false, why: `The trail ${facts.name} is switched off.` };
}

/** The trail's status as evidence. */
export function statusEvidence({ facts, status }: JudgedTrail): Finding['evidence'][number] {
  return evidenceOf(status, (answer) => ({
    trail: facts.arn,
    IsLogging: String(answer.logging),
  }));
}

/** A trail's line of DescribeTrails as evidence. */
export function trailEvidence(
  { described, facts }: JudgedTrail,
  say: Readonly<Record<string, string>>,
): Finding['evidence'][number] {
  return evidenceOf(described, () => ({ trail: facts.arn, ...say }));
}
