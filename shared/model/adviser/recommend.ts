import { checks } from '../readiness/checks/index';
import { requirementsFor, type FrameworkId } from '../readiness/frameworks';
import type { Answers } from './questions';
import { additionRules, contradictionRules, rules, type Addition } from './rules';
import type { Scenario, ScenarioId } from './scenario';
import { scenarioOf } from './scenarios/index';

export interface Recommendation {
  readonly scenario: Scenario;
  /** The rule that decided; absent where the scenario was chosen by its name. */
  readonly rule?: string | undefined;
  /** Why this one, a sentence each; never empty. */
  readonly reasons: readonly string[];
  readonly additions: readonly Addition[];
  /** Answers that rule each other out, a sentence each. */
  readonly contradictions: readonly string[];
  readonly regulation: readonly FrameworkId[];
  /** Ids of the checks that apply, the most important first, each once. */
  readonly checks: readonly string[];
}

/** The recommendation of a row of the matrix, for its own reasons. */
export function recommendScenario(id: ScenarioId): Recommendation {
  const scenario = scenarioOf(id);
  return {
    scenario,
    reasons: [`${scenario.why}.`],
    additions: [],
    contradictions: [],
    regulation: [],
    checks: scenario.checks,
  };
}

/** What a complete set of answers leads to: the row of the first rule that fits, and what is added. */
export function recommend(answers: Answers): Recommendation {
  const rule = rules.find(({ fits }) => fits(answers));
  if (!rule) throw new Error('No rule fits, although each place where data lives has one.');
  const scenario = scenarioOf(rule.scenario);
  const additions = additionRules
    .filter(({ fits }) => fits(answers, rule.scenario))
    .map(({ fits: _fits, ...addition }) => addition);
  return {
    scenario,
    rule: rule.id,
    reasons: [rule.reason, `${scenario.why}.`],
    additions,
    contradictions: contradictionRules
      .filter(({ fits }) => fits(answers))
      .map(({ sentence }) => sentence),
    regulation: answers.regulation,
    checks: [...new Set([...scenario.checks, ...additions.flatMap((one) => one.checks)])],
  };
}

/** The requirements that the checks of a recommendation speak to, by the map of the checklist. */
export function requirementsOfChecks(ids: readonly string[], framework: FrameworkId): string[] {
  const found = checks.filter(({ id }) => ids.includes(id));
  return [...new Set(found.flatMap((check) => requirementsFor(check, framework)))];
}
