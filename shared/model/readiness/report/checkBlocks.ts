import { checkOf } from '../checks/index';
import { frameworkIds, frameworkNames, requirementsFor } from '../frameworks';
import { code, time, type ReportBlock, type ReportCell } from './blocks';
import type { ReadinessReport, ReportCheck, ReportItem } from './report';

/** One check: its verdict, what cares for it, and what was looked at with the hashes of the evidence. */
export function* checkBlocks(check: ReportCheck, report: ReadinessReport): Generator<ReportBlock> {
  const facts = checkOf(check.id);
  if (!facts) return;
  const { framework } = report.selection;
  const frameworks = framework ? [framework] : frameworkIds;
  const requirements = frameworks.flatMap((id) => {
    const found = requirementsFor(facts, id);
    return found.length > 0 ? [`${frameworkNames[id]}: ${found.join(', ')}`] : [];
  });
  yield { kind: 'heading', level: 3, text: facts.question, id: `check-${check.id}` };
  yield {
    kind: 'facts',
    rows: [
      ['Verdict', [{ kind: 'verdict', value: check.verdict.value }, check.verdict.reason]],
      ['Check', [code(check.id), `${facts.severity} severity`]],
      ...(check.verdict.value === 'pass' || check.verdict.value === 'not-applicable'
        ? []
        : [['Why it matters', facts.why] as const, ['Remedy', remedyOf(check)] as const]),
      ...careRows(check),
      ['Speaks to', requirements],
    ],
  };
  if (check.items.length > 0) {
    yield {
      kind: 'table',
      caption: `What was looked at for: ${facts.question}`,
      columns: ['Thing', 'Verdict', 'Why', 'Evidence (SHA-256)'],
      rows: check.items.map(itemRow),
    };
  }
  if (check.leftOut > 0) {
    yield {
      kind: 'text',
      text: `${check.leftOut.toLocaleString('en')} more things pass or are not concerned. They are left out here for their number; the CSV, JSON and web page of this report list them all.`,
    };
  }
}

function remedyOf(check: ReportCheck): string {
  const facts = checkOf(check.id);
  return check.verdict.remedy ?? facts?.remedy.console ?? '';
}

function careRows({ care }: ReportCheck): (readonly [string, ReportCell])[] {
  if (!care) return [];
  const { owner, due, note, waiver } = care;
  return [
    ...(owner === undefined ? [] : [['Owner', owner] as const]),
    ...(due === undefined ? [] : [['Due', due] as const]),
    ...(note === undefined ? [] : [['Note', note] as const]),
    ...(waiver === undefined ? [] : [['Waived', waiverWords(waiver)] as const]),
  ];
}

function itemRow({ subject, verdict, waiver, care, asOf, sha256 }: ReportItem): ReportCell[] {
  const place = [subject.account, subject.region].filter((one) => one !== undefined).join(' ');
  return [
    [subject.name, ...(place && !subject.name.includes(place) ? [place] : []), code(subject.id)],
    { kind: 'verdict', value: verdict.value },
    [
      verdict.reason,
      ...(verdict.permission === undefined ? [] : [`Missing permission: ${verdict.permission}`]),
      ...(asOf === undefined ? [] : [`As of ${time(asOf)}`]),
      ...(waiver === undefined ? [] : [waiverWords(waiver)]),
      ...(care?.owner === undefined ? [] : [`Owner: ${care.owner}`]),
    ],
    sha256.length > 0 ? sha256.map(code) : 'none: nothing was asked for it',
  ];
}

function waiverWords({
  approver,
  expires,
  reason,
}: {
  approver: string;
  expires: string;
  reason: string;
}) {
  return `Accepted by ${approver} until ${expires}: ${reason}`;
}
