import type { AccountFact } from '../../shared/model/adviser/account/fact';
import { estimate, estimateWords } from '../../shared/model/adviser/estimate';
import { estimateRows } from '../../shared/model/adviser/estimateRows';
import { latencyOf } from '../../shared/model/adviser/latency';
import { numberFields, numberProblem, type Numbers } from '../../shared/model/adviser/numbers';
import {
  completeAnswers,
  openQuestions,
  questions,
  type DraftAnswers,
} from '../../shared/model/adviser/questions';
import {
  recommend,
  recommendScenario,
  requirementsOfChecks,
  type Recommendation,
} from '../../shared/model/adviser/recommend';
import { factSources } from '../../shared/model/adviser/account/index';
import { scenarioIds } from '../../shared/model/adviser/scenario';
import { kmsPrices } from '../../shared/model/kmsPrices';
import { checkOf } from '../../shared/model/readiness/checks/index';
import { frameworkIds, frameworkNames } from '../../shared/model/readiness/frameworks';
import { tiedChecks } from '../../shared/model/readiness/pitfalls/pitfallState';
import type { SourceId } from '../../shared/model/readiness/sources';
import { verdictWords } from '../../shared/model/verdict';
import { chosenByOptions } from '../chosenByOptions';
import { defineCommand, exitCodes, UsageError, type Command } from '../command';
import { readAnew } from '../readAnew';
import { textTable } from '../textTable';

const answerLines = questions.map(
  ({ id, options }) => `  ${`${id}=`.padEnd(22)}${options.map(({ value }) => value).join(', ')}`,
);

/** `claviger advise`: what to do in a scenario, from what is stored, or from named accounts that are read now. */
const advise = defineCommand({
  name: 'advise',
  summary: 'Advise how to encrypt: what, why, what it costs, and the checks that then apply',
  positionals: ['[SCENARIO]'],
  usage: `Scenarios: ${scenarioIds.join(', ')}.
Without one, answers lead to it.

Options:
  --answer NAME=VALUE   an answer; may be repeated, "regulation" too, which may be left out:
${answerLines.join('\n')}
  --number NAME=VALUE   a number of the estimate; may be repeated:
                        ${numberFields.map(({ name }) => name).join(', ')}
  --region REGION       whose quota of KMS bears the requests, and which Region of a named account is read
  --profile NAME        read this profile of the AWS config files now; may be repeated
  --practice            read the practice account now, all its Regions without --region
  --endpoint-url URL    another endpoint, such as that of "claviger practice", with the environment's credentials
  --json                one JSON document (docs/adviser.md)

With an account named, what bears on the scenario is read as "claviger readiness" reads it. Without one,
what the accounts have, and the verdicts of checks, are as they were last read for the connections
chosen in the window, and nothing is asked of AWS.`,
  options: {
    answer: { type: 'string', multiple: true },
    number: { type: 'string', multiple: true },
    region: { type: 'string' },
    profile: { type: 'string', multiple: true },
    practice: { type: 'boolean', default: false },
    'endpoint-url': { type: 'string' },
  },
  async run({ values, positionals }, { open, stdout, stderr, columns, signal }) {
    const found = recommendationOf(positionals, values.answer ?? []);
    const { scenario } = found;
    const numbers = numbersOf(scenario.numbers, values.number ?? [], values.region);
    const { practice, profile: profiles = [], region } = values;
    const endpointUrl = values['endpoint-url'];
    const named = practice || profiles.length > 0 || endpointUrl !== undefined;
    const chosen: { connection: string; regions: string[] }[] = [];
    const { client } = await open({ practice, endpointUrl, ...(named && { chosen }) });
    if (named) {
      const regions = region === undefined ? [] : [region];
      chosen.push(...(await chosenByOptions(client, { profiles, regions, practice })));
      await readAnew(client, sourcesOf(found), { signal, stderr });
    }
    const [account, state, measured] = await Promise.all([
      client.adviser.account(),
      client.readiness.state(),
      client.envelope.lastMeasure(),
    ]);
    const estimated = estimate(numbers, scenario.kms);
    const latency = latencyOf(measured);
    const facts = scenario.facts.flatMap(
      (id) => account.facts.find((fact) => fact.id === id) ?? [],
    );
    const checks = tiedChecks(found.checks, state.checks).map(({ check, state: stands }) => ({
      id: check.id,
      question: check.question,
      verdict: stands.verdict,
      ...(stands.asOf !== undefined && { asOf: stands.asOf }),
    }));
    if (values.json) {
      const { kms, numbers: _start, facts: _facts, checks: _checks, ...matrix } = scenario;
      const document = {
        format: 'claviger-advice/1',
        ...found,
        scenario: matrix,
        account: facts,
        numbers,
        estimate: estimated ?? null,
        latency: kms.callsPerUse === 0 ? null : latency,
        prices: kmsPrices,
        checks,
        requirements: requirementsIn(found),
      };
      stdout(`${JSON.stringify(document, null, 2)}\n`);
      return exitCodes.ok;
    }
    const rows = estimated && estimateRows(estimated, latency, numbers.region, scenario.kms);
    const lines = [
      `${scenario.scenario}: ${scenario.approach}`,
      scenario.means,
      ...found.contradictions.map((sentence) => `\nThese answers do not go together. ${sentence}`),
      ...part('Why', found.reasons),
      ...part(
        'And on top of it',
        found.additions.map(({ what, why }) => `${what} ${why}`),
      ),
      ...part('When to avoid it', scenario.notFor),
      ...part('Keep away from', [scenario.avoid]),
      ...part(
        'Alternatives',
        scenario.alternatives.map(
          ({ approach, gain, price }) => `${approach}. ${gain} But: ${price}`,
        ),
      ),
      ...part('What the chosen accounts have for it', facts.flatMap(factLines)),
      ...part(
        'Cost and latency',
        estimated ? estimateWords(estimated) : [scenario.kms.noCache ?? ''],
      ),
      ...(rows
        ? [
            textTable(
              ['', 'a request for each use', ...(estimated?.cached ? ['cached data keys'] : [])],
              rows.map(({ label, each, cached }) => [label, each, ...(cached ? [cached] : [])]),
              columns,
            ),
            latency.words,
            `Prices of ${kmsPrices.asOf} (${kmsPrices.source}). ${kmsPrices.regionNote}`,
          ]
        : []),
      ...part(
        'Checks that then apply',
        checks.map(
          ({ question, verdict }) => `${verdictWords[verdict.value].padEnd(15)}${question}`,
        ),
      ),
      ...part('How to do it', [
        ...scenario.how.steps.map(({ text }) => text),
        scenario.how.console,
      ]),
      scenario.how.cli,
    ];
    stdout(`${lines.join('\n')}\n`);
    return exitCodes.ok;
  },
});

export const adviserCommands: readonly Command[] = [advise];

/** What the facts about accounts and the verdicts of the checks rest on. */
function sourcesOf({ scenario, checks }: Recommendation): SourceId[] {
  const ofChecks = checks.flatMap((id) => checkOf(id)?.reads ?? []);
  return [...new Set([...factSources(scenario.facts), ...ofChecks])];
}

function recommendationOf(
  [name, ...more]: readonly string[],
  given: readonly string[],
): Recommendation {
  if (more.length > 0) throw new UsageError('Name one scenario.');
  if (name === undefined) {
    const answers = answersOf(given);
    const complete = completeAnswers(answers);
    if (complete) return recommend(complete);
    const open = openQuestions(answers).map(({ id }) => id);
    throw new UsageError(
      `Name a scenario, or answer every question. Without an answer: ${open.join(', ')}.`,
    );
  }
  if (given.length > 0) throw new UsageError('A scenario needs no answers: give one or the other.');
  const id = scenarioIds.find((one) => one === name);
  if (id) return recommendScenario(id);
  throw new UsageError(`There is no scenario ${name}. Scenarios are ${scenarioIds.join(', ')}.`);
}

function answersOf(given: readonly string[]): DraftAnswers {
  const answers: Record<string, string | string[]> = {};
  for (const text of given) {
    const [name, value] = pairOf('--answer', text);
    const question = questions.find(({ id }) => id === name);
    if (!question) {
      const names = questions.map(({ id }) => id).join(', ');
      throw new UsageError(`There is no question ${name}. Questions are ${names}.`);
    }
    if (!question.options.some((option) => option.value === value)) {
      const all = question.options.map((option) => option.value).join(', ');
      throw new UsageError(`${value} is no answer to ${name}. Answers are ${all}.`);
    }
    answers[name] = question.many ? [...new Set([answers[name] ?? [], value].flat())] : value;
  }
  return answers;
}

function numbersOf(start: Numbers, given: readonly string[], region: string | undefined): Numbers {
  const numbers: Record<string, number> = {};
  for (const text of given) {
    const [name, value] = pairOf('--number', text);
    const field = numberFields.find((one) => one.name === name);
    if (!field) {
      const names = numberFields.map((one) => one.name).join(', ');
      throw new UsageError(`There is no number ${name}. Numbers are ${names}.`);
    }
    const problem = numberProblem(field, value);
    if (problem !== undefined) throw new UsageError(`--number ${name}: ${problem}`);
    numbers[name] = Number(value);
  }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(region)) {
    throw new UsageError(`${region} is no Region: eu-central-1, for instance.`);
  }
  return { ...start, ...numbers, ...(region !== undefined && { region }) };
}

function pairOf(option: string, text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`${option} takes NAME=VALUE, not ${text}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function requirementsIn({ checks, regulation }: Recommendation) {
  const frameworks = regulation.length > 0 ? regulation : frameworkIds;
  return frameworks.map((framework) => ({
    framework,
    name: frameworkNames[framework],
    requirements: requirementsOfChecks(checks, framework),
  }));
}

function factLines({ title, text, scope, asOf, missing }: AccountFact): string[] {
  const when = asOf === undefined ? '' : `, as of ${asOf}`;
  return [
    `${title}. ${text ?? 'Cannot tell.'} (${scope}${when})`,
    ...missing.map((sentence) => `  Cannot tell: ${sentence}`),
  ];
}

/** A titled part; nothing where it has no line. */
function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
