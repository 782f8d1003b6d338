import { checkOf, checks } from '../../shared/model/readiness/checks/index';
import {
  frameworkIds,
  frameworkNames,
  requirementsFor,
  type FrameworkId,
} from '../../shared/model/readiness/frameworks';
import { groupIds, groupNames, type GroupId } from '../../shared/model/readiness/groups';
import { countVerdicts } from '../../shared/model/readiness/rollUp';
import { scoreGroups } from '../../shared/model/readiness/score';
import type { CheckState, ItemState, ReadinessState } from '../../shared/model/readiness/state';
import { compareVerdicts, verdictWords, type VerdictValue } from '../../shared/model/verdict';
import type { ClavigerClient } from '../../shared/contract/index';
import { chosenByOptions } from '../chosenByOptions';
import { defineCommand, UsageError, type Command, type ExitCode } from '../command';
import { readAnew } from '../readAnew';
import { reportFiles, reportOptions, reportUsage } from './reports/options';
import { prepareReports } from './reports/writeReports';

/** The codes that readiness ends with: its own, as pipelines tell a failure from what cannot be told. */
const codes = { inOrder: 0, failed: 1, cannotTell: 2, usage: 3 } as const satisfies Record<
  string,
  ExitCode
>;

const usageText = `Options:
  --group GROUP         only this group; may be repeated: ${groupIds.join(', ')}
  --framework NAME      only checks that speak to it: ${frameworkIds.join(', ')}
  --profile NAME        a profile of the AWS config files; may be repeated
  --practice            the practice account, all its Regions
  --region REGION       may be repeated; the profile's own where absent
  --endpoint-url URL    another endpoint, such as that of "claviger practice"
  --accept-waived       failures that somebody has accepted do not count for the exit code
  --json                the checklist as one JSON document (docs/readiness.md)
${reportUsage}

Without --profile and --practice it takes the credentials of the environment, else the connections
chosen in the window. Endpoints are those of "claviger tls" and of the window.

Exit codes: 0 every check passes or does not apply, 1 one fails, 2 none fails, but one cannot be told
or rests on evidence that is too old, 3 wrong usage. Several reports may be asked for at once; each is
written whole or not at all, in place of a file of that name.`;

/** `claviger readiness`: reads what the checks need, and judges them. */
const readiness = defineCommand({
  name: 'readiness',
  summary: 'Judge the readiness checklist, from evidence read now',
  usage: usageText,
  usageExitCode: codes.usage,
  options: {
    group: { type: 'string', multiple: true },
    framework: { type: 'string' },
    profile: { type: 'string', multiple: true },
    region: { type: 'string', multiple: true },
    practice: { type: 'boolean', default: false },
    'endpoint-url': { type: 'string' },
    'accept-waived': { type: 'boolean', default: false },
    ...reportOptions,
  },
  async run({ values }, { open, stdout, stderr, env, signal }) {
    const wanted = selection(values.group ?? [], values.framework);
    const files = reportFiles(values);
    const { practice, profile: profiles = [], region: regions = [] } = values;
    const endpointUrl = values['endpoint-url'];
    const named = practice || profiles.length > 0 || endpointUrl !== undefined;
    const usesOptions = named || regions.length > 0 || env['AWS_ACCESS_KEY_ID'] !== undefined;
    const chosen: { connection: string; regions: string[] }[] = [];
    const reports = await prepareReports(files, { env, signal, stderr });
    const { client } = await open({
      practice,
      endpointUrl,
      ...reports.host,
      ...(usesOptions && { chosen }),
    });
    if (usesOptions) {
      chosen.push(...(await chosenByOptions(client, { profiles, regions, practice })));
    }
    const sources = [...new Set(wanted.ids.flatMap((id) => checkOf(id)?.reads ?? []))];
    const state = await readAnew(client, sources, { signal, stderr });
    await reports.write(client, { groups: [...wanted.groups], framework: wanted.framework });
    const listed = await listing(client, state, wanted);
    stdout(values.json ? `${JSON.stringify(listed, null, 2)}\n` : textOf(listed));
    return exitCodeOf(listed, values['accept-waived']);
  },
});

export const readinessCommands: readonly Command[] = [readiness];

interface Selection {
  readonly groups: readonly GroupId[];
  readonly ids: readonly string[];
  readonly framework: FrameworkId | undefined;
}

function selection(groups: readonly string[], framework: string | undefined): Selection {
  const known = (name: string): name is GroupId => (groupIds as readonly string[]).includes(name);
  for (const name of groups) {
    if (!known(name)) {
      throw new UsageError(`There is no group ${name}. Groups are ${groupIds.join(', ')}.`);
    }
  }
  const wanted = frameworkIds.find((id) => id === framework);
  if (framework !== undefined && wanted === undefined) {
    const all = frameworkIds.join(', ');
    throw new UsageError(`There is no framework ${framework}. Frameworks are ${all}.`);
  }
  const found = checks.filter(
    (check) =>
      (groups.length === 0 || groups.includes(check.group)) &&
      (wanted === undefined || requirementsFor(check, wanted).length > 0),
  );
  // Nothing that was judged must not look like nothing that fails.
  if (found.length === 0) {
    const where = groups.length > 1 ? 'these groups' : 'this group';
    throw new UsageError(
      `No check of ${where} speaks to ${wanted ? frameworkNames[wanted] : 'it'}: leave one of the options out.`,
    );
  }
  return {
    groups: groupIds.filter((id) => groups.includes(id)),
    ids: found.map(({ id }) => id),
    framework: wanted,
  };
}

type ListedCheck = CheckState & {
  readonly group: GroupId;
  readonly severity: string;
  readonly question: string;
  readonly requirements: Readonly<Record<string, readonly string[]>>;
  /** What does not pass. */
  readonly items: readonly ItemState[];
};
interface Listing extends Pick<
  ReadinessState,
  'evaluatedAt' | 'scope' | 'sources' | 'manifestSha256' | 'counts'
> {
  readonly framework?: string;
  readonly groups: readonly (ReadinessState['groups'][number] & { name: string })[];
  readonly checks: readonly ListedCheck[];
}

async function listing(
  client: ClavigerClient,
  state: ReadinessState,
  { ids, framework }: Selection,
): Promise<Listing> {
  const listed: ListedCheck[] = [];
  for (const one of state.checks) {
    const check = checkOf(one.id);
    if (!check || !ids.includes(one.id)) continue;
    const { group, severity, question } = check;
    const frameworks = framework ? [framework] : frameworkIds;
    listed.push({
      ...one,
      group,
      severity,
      question,
      requirements: Object.fromEntries(frameworks.map((id) => [id, requirementsFor(check, id)])),
      items: await itemsOf(client, one.id),
    });
  }
  const { evaluatedAt, scope, sources, manifestSha256 } = state;
  const values = listed.map(({ group, verdict }) => ({ group, value: verdict.value }));
  return {
    evaluatedAt,
    scope,
    sources,
    manifestSha256,
    ...(framework && { framework: frameworkNames[framework] }),
    counts: countVerdicts(values),
    groups: scoreGroups(values)
      .filter(({ id }) => listed.some(({ group }) => group === id))
      .map((group) => ({ ...group, name: groupNames[group.id] })),
    checks: listed,
  };
}

const openValues: VerdictValue[] = ['fail', 'cannot-tell', 'stale'];

async function itemsOf(client: ClavigerClient, check: string): Promise<ItemState[]> {
  const items: ItemState[] = [];
  for (;;) {
    const input = { check, verdicts: openValues, offset: items.length, limit: 500 };
    const page = await client.readiness.items(input);
    items.push(...page.items);
    if (page.items.length === 0 || items.length >= page.total) return items;
  }
}

function exitCodeOf({ checks: listed }: Listing, acceptWaived: boolean): ExitCode {
  const values = listed.map(({ verdict, counts, waived }): VerdictValue => {
    if (!acceptWaived || verdict.value !== 'fail' || waived < counts.fail) return verdict.value;
    // Its failures are accepted; what else is there still counts.
    return counts['cannot-tell'] > 0 ? 'cannot-tell' : counts.stale > 0 ? 'stale' : 'pass';
  });
  if (values.includes('fail')) return codes.failed;
  const open = values.includes('cannot-tell') || values.includes('stale');
  return open ? codes.cannotTell : codes.inOrder;
}

const shownItems = 5;

function textOf({
  groups,
  checks: listed,
  scope,
  evaluatedAt,
  counts,
  framework,
}: Listing): string {
  const lines = groups.flatMap(({ id, name, score, counts: inGroup }) => [
    '',
    `${name}: ${score === null ? 'nothing applies' : `${score} %`}${inGroup['cannot-tell'] > 0 ? `, ${inGroup['cannot-tell']} cannot be told` : ''}`,
    ...listed
      .filter(({ group }) => group === id)
      .toSorted((a, b) => compareVerdicts(a.verdict.value, b.verdict.value))
      .flatMap(checkLines),
  ]);
  const places = scope.map(
    ({ account, name, regions }) => `${account ?? name} (${regions.join(', ')})`,
  );
  const words = (Object.keys(counts) as VerdictValue[])
    .filter((value) => counts[value] > 0)
    .map((value) => `${counts[value]} ${verdictWords[value].toLowerCase()}`);
  return [
    ...(framework === undefined ? [] : [framework]),
    ...lines,
    '',
    `${words.join(', ')}, as of ${evaluatedAt ?? 'never'}`,
    `Accounts: ${places.join('; ') || 'none'}`,
    '',
  ]
    .join('\n')
    .trimStart();
}

function checkLines({ verdict, question, items, waived, counts }: ListedCheck): string[] {
  const indent = ' '.repeat(17);
  const more = items.length - shownItems;
  return [
    `  ${verdictWords[verdict.value].padEnd(15)}${question}`,
    ...(items.length > 0
      ? items
          .slice(0, shownItems)
          .map(
            ({ subject, verdict: { value, reason }, waiver }) =>
              `${indent}${value === verdict.value ? '' : `${verdictWords[value]}: `}${subject.name}: ${reason}${waiver ? ` (accepted by ${waiver.approver} until ${waiver.expires})` : ''}`,
          )
      : [`${indent}${verdict.reason}`]),
    ...(more > 0 ? [`${indent}and ${more} more`] : []),
    ...(waived > 0 ? [`${indent}${waived} of ${counts.fail} failures are accepted`] : []),
  ];
}
