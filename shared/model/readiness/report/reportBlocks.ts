import { verdictValues, verdictWords } from '../../verdict';
import { checkOf } from '../checks/index';
import { frameworkNames } from '../frameworks';
import { groupNames, type GroupId } from '../groups';
import { capital } from '../../tls/offers';
import { sourceNames, type SourceId } from '../sources';
import { code, time, type ReportBlock } from './blocks';
import { checkBlocks } from './checkBlocks';
import { pitfallBlocks } from './pitfallBlocks';
import type { ReadinessReport, ReportCheck } from './report';

/**
 * The report as a person reads it: cover, summary, scope, every check with its things and the hashes
 * of their evidence, what was attested, and how to check all of it. One block after the other, so
 * that whoever writes a long one can rest in between.
 */
export function* reportBlocks(report: ReadinessReport): Generator<ReportBlock> {
  yield* cover(report);
  yield* summary(report);
  yield* pitfallBlocks(report.pitfalls);
  for (const { id, name, checks } of groupsOf(report)) {
    yield { kind: 'heading', level: 2, text: name, id: `group-${id}` };
    for (const check of checks) yield* checkBlocks(check, report);
  }
  yield* attested(report);
  yield* appendix(report);
}

/** `Encryption readiness`, with the framework where it is for one. */
export function reportTitle({
  selection: { framework },
}: Pick<ReadinessReport, 'selection'>): string {
  return framework ? `Encryption readiness: ${frameworkNames[framework]}` : 'Encryption readiness';
}

function* cover(report: ReadinessReport): Generator<ReportBlock> {
  const { scope, selection, manifestSha256, journalSeq } = report;
  yield { kind: 'heading', level: 1, text: reportTitle(report), id: 'cover' };
  yield {
    kind: 'facts',
    rows: [
      ['Judged', time(report.evaluatedAt)],
      [
        'Report made',
        `${time(report.writtenAt)} by ${report.operator}, Claviger ${report.version}`,
      ],
      ['Accounts', scope.length === 0 ? 'none' : scope.map(placeWords)],
      ['Framework', selection.framework ? frameworkNames[selection.framework] : 'all'],
      ...(selection.groups && selection.groups.length > 0
        ? [['Groups', selection.groups.map((id) => groupNames[id]).join(', ')] as const]
        : []),
      ...(manifestSha256 === undefined
        ? []
        : [['Hash over all evidence', code(manifestSha256)] as const]),
      ...(journalSeq === undefined ? [] : [['Journal entry', `${journalSeq}`] as const]),
    ],
  };
  if (selection.framework) {
    yield {
      kind: 'text',
      text: 'A check that passes is evidence for a requirement, never its fulfilment: most requirements ask for more than a program can see.',
    };
  }
}

function* summary(report: ReadinessReport): Generator<ReportBlock> {
  yield { kind: 'heading', level: 2, text: 'Summary', id: 'summary' };
  yield { kind: 'text', text: countWords(report) };
  yield {
    kind: 'table',
    caption:
      'Checks by group. The score is the share of the checks that apply that pass; what cannot be told and what is stale lowers it.',
    columns: ['Group', 'Score', ...verdictValues.map((value) => verdictWords[value])],
    rows: groupsOf(report).map(({ id, name }) => {
      const group = report.groups.find((one) => one.id === id);
      const score = group?.score ?? null;
      return [
        name,
        score === null ? 'nothing applies' : `${score} %`,
        ...verdictValues.map((value) => `${group?.counts[value] ?? 0}`),
      ];
    }),
  };
  yield {
    kind: 'table',
    caption: 'What was read, and when',
    columns: ['Source', 'Read', 'Why the last reading came to nothing'],
    rows: report.sources.map(({ source, readAt, problem }) => [
      capital(sourceNames[source]),
      readAt === undefined ? (recorded.has(source) ? 'as recorded' : 'never') : time(readAt),
      problem ?? '',
    ]),
  };
}

/** What is recorded in the program and read from no account. */
const recorded: ReadonlySet<string> = new Set([
  'drills',
  'attestations',
  'secrets',
] satisfies SourceId[]);

function* attested({ checks }: ReadinessReport): Generator<ReportBlock> {
  const all = checks.flatMap((check) => check.attestations);
  if (all.length === 0) return;
  yield { kind: 'heading', level: 2, text: 'What persons have attested', id: 'attested' };
  yield {
    kind: 'table',
    caption: 'Attestations, the newest first',
    columns: ['Check', 'Who', 'What', 'Counts until', 'File'],
    rows: all.map(({ check, by, at, statement, expires, attachment, withdrawn }) => [
      checkOf(check)?.question ?? check,
      [by, `entered ${time(at)}`],
      statement,
      withdrawn ? `withdrawn ${time(withdrawn.at)}: ${withdrawn.reason}` : expires,
      attachment ? [attachment.name, code(attachment.sha256)] : 'none',
    ]),
  };
}

function* appendix({ manifestSha256 }: ReadinessReport): Generator<ReportBlock> {
  yield {
    kind: 'heading',
    level: 2,
    text: 'Appendix: how to read and check this report',
    id: 'appendix',
  };
  yield {
    kind: 'facts',
    rows: [
      ['Fail', 'It was read, and it does not hold. An accepted failure (waived) still fails.'],
      [
        'Cannot tell',
        'It was not read: never asked, denied, throttled or unreachable. Never a pass.',
      ],
      ['Stale', 'It held when it was read, which is longer ago than the answer counts.'],
      ['Pass', 'It was read, within the time that an answer counts, and it holds.'],
      ['Not applicable', 'There is nothing that it is about.'],
    ],
  };
  yield {
    kind: 'text',
    text: 'Each hash is the SHA-256 of an evidence document: what was asked, when, by whom, with which request id, and what came back, without secrets. The auditor pack has every document as a file that is named by its hash, so that sha256sum checks it.',
  };
  if (manifestSha256 !== undefined) {
    yield {
      kind: 'text',
      text: 'The hash over all evidence is the SHA-256 over the pairs of id and hash of all documents of the program, by id, as canonical JSON (RFC 8785); the journal has it in a chain of hashes.',
    };
  }
}

/** `3 fail, 1 cannot tell, 20 pass` of the checks of a report. */
function countWords({ counts, checks }: ReadinessReport): string {
  const parts = verdictValues
    .filter((value) => counts[value] > 0)
    .map((value) => `${counts[value]} ${verdictWords[value].toLowerCase()}`);
  return `${checks.length} checks: ${parts.join(', ') || 'none'}.`;
}

function groupsOf({ checks, groups }: ReadinessReport) {
  return groups
    .map(({ id }): { id: GroupId; name: string; checks: ReportCheck[] } => ({
      id,
      name: groupNames[id],
      checks: checks.filter((check) => checkOf(check.id)?.group === id),
    }))
    .filter((group) => group.checks.length > 0);
}

function placeWords({ account, name, regions }: ReadinessReport['scope'][number]): string {
  return `${account === undefined ? name : `${account} (${name})`}: ${regions.join(', ')}`;
}
