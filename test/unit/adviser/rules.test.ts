import { array, assert, constantFrom, property, record, subarray, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completeAnswers,
  openQuestions,
  questions,
  type Answers,
} from '../../../shared/model/adviser/questions';
import {
  recommend,
  recommendScenario,
  requirementsOfChecks,
} from '../../../shared/model/adviser/recommend';
import { additionRules, contradictionRules, rules } from '../../../shared/model/adviser/rules';
import { scenarioIds } from '../../../shared/model/adviser/scenario';
import { checkOf } from '../../../shared/model/readiness/checks/index';
import { frameworkIds } from '../../../shared/model/readiness/frameworks';

/** Every complete set of answers, but for the regulation, which changes no recommendation. */
const all: Answers[] = questions
  .filter(({ many }) => !many)
  .reduce<Record<string, string>[]>(
    (sets, { id, options }) =>
      sets.flatMap((set) => options.map(({ value }) => ({ ...set, [id]: value }))),
    [{}],
  )
  .map((set) => {
    const answers = completeAnswers(set);
    if (!answers) throw new Error(`Not complete: ${JSON.stringify(set)}`);
    return answers;
  });

const answersOf = (change: Partial<Answers>): Answers => ({
  where: 'objects',
  speed: 'steady',
  readers: 'programs',
  sensitive: 'all',
  survive: 'no',
  regulation: [],
  ...change,
});

it('has a recommendation with reasons and checks for every complete set of answers', () => {
  expect(all).toHaveLength(6 * 3 * 3 * 3 * 3);
  for (const answers of all) {
    const { reasons, scenario, checks, additions } = recommend(answers);
    expect(reasons.length).toBeGreaterThan(1);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(scenarioIds).toContain(scenario.id);
    expect(new Set(checks).size).toBe(checks.length);
    expect(checks.filter((id) => !checkOf(id))).toEqual([]);
    for (const { why } of additions) expect(why).not.toBe('');
  }
});

it('needs every rule, every addition and every contradiction: none is dead', () => {
  const decided = new Set(all.map((answers) => recommend(answers).rule));
  expect(decided).toEqual(new Set(rules.map(({ id }) => id)));
  const added = new Set(
    all.flatMap((answers) => recommend(answers).additions.map((one) => one.what)),
  );
  expect(added.size).toBe(additionRules.length);
  const said = new Set(all.flatMap((answers) => recommend(answers).contradictions));
  expect(said.size).toBe(contradictionRules.length);
});

it('reaches every row of the matrix, and every question can change the advice', () => {
  expect(new Set(all.map((answers) => recommend(answers).scenario.id)).size).toBe(6);
  const shown = (answers: Answers) => {
    const { scenario, additions, contradictions, regulation } = recommend(answers);
    return JSON.stringify([scenario.id, additions, contradictions, regulation]);
  };
  for (const { id, many, options } of questions) {
    const values = options.map(({ value }) => value);
    const changes = all.some((answers) => {
      const others = values.map((value) => shown({ ...answers, [id]: many ? [value] : value }));
      return new Set(others).size > 1;
    });
    expect(changes, id).toBe(true);
  }
});

it('keeps the regulation and asks the map of frameworks, in whatever order it was answered', () => {
  const anyAnswers = record({
    at: constantFrom(...all),
    regulation: uniqueArray(constantFrom(...frameworkIds)),
  });
  assert(
    property(anyAnswers, ({ at, regulation }) => {
      const found = recommend({ ...at, regulation });
      expect(found.regulation).toEqual(regulation);
      expect(found.scenario).toBe(recommend(at).scenario);
    }),
  );
  const { checks } = recommendScenario('relational-database');
  expect(requirementsOfChecks(checks, 'pci')).toEqual(expect.arrayContaining(['3.5.1', '3.7.4']));
  expect(requirementsOfChecks([], 'pci')).toEqual([]);
});

it('is not complete, and recommends nothing, until every question but the regulation is answered', () => {
  const single = questions.filter(({ many }) => !many).map(({ id }) => id);
  assert(
    property(constantFrom(...all), subarray(single), (answers, left) => {
      const some = Object.fromEntries(
        Object.entries(answers).filter(([id]) => !left.some((one) => one === id)),
      );
      expect(openQuestions(some).map(({ id }) => id)).toEqual(left);
      expect(completeAnswers(some) === undefined).toBe(left.length > 0);
    }),
  );
});

it('takes no answer that is not among the options', () => {
  assert(
    property(array(constantFrom('pci', 'gdpr'), { minLength: 1, maxLength: 3 }), (regulation) => {
      const complete = completeAnswers({ ...answersOf({}), regulation: regulation as 'pci'[] });
      expect(complete !== undefined).toBe(!regulation.includes('gdpr'));
    }),
  );
});

describe('the rules', () => {
  it.each<[string, Partial<Answers>, string]>([
    ['objects', {}, 'object-storage'],
    ['a database', { where: 'database' }, 'relational-database'],
    ['services', { where: 'moving' }, 'microservices'],
    ['devices', { where: 'device' }, 'mobile-sync'],
    ['backups', { where: 'copies', survive: 'region' }, 'backup-archives'],
    ['a fast stream', { where: 'stream', speed: 'fast' }, 'telemetry'],
    ['a slow stream that is sensitive as a whole', { where: 'stream' }, 'object-storage'],
    [
      'objects seldom used that must survive',
      { speed: 'seldom', survive: 'account' },
      'backup-archives',
    ],
    ['a database that only users may read', { where: 'database', readers: 'users' }, 'mobile-sync'],
  ])('send %s to the right row', (_what, change, scenario) => {
    expect(recommend(answersOf(change)).scenario.id).toBe(scenario);
  });

  it('say honestly where answers rule each other out', () => {
    expect(recommend(answersOf({})).contradictions).toEqual([]);
    const [first] = recommend(answersOf({ where: 'moving', survive: 'region' })).contradictions;
    expect(first).toMatch(/^Data that is only on the way is not there any more/);
  });

  it('add a replica for the loss of a Region, and another account for the loss of the account', () => {
    const what = (survive: Answers['survive']) =>
      recommend(answersOf({ survive }))
        .additions.map((addition) => addition.what)
        .join(' ');
    expect(what('region')).toContain('multi-Region key');
    expect(what('account')).toContain('another account');
    expect(what('no')).toBe('');
  });
});
