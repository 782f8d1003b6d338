import { checkOf } from '../../../shared/model/readiness/checks/index';
import { frameworkIds, requirementsFor } from '../../../shared/model/readiness/frameworks';
import { groupNames } from '../../../shared/model/readiness/groups';
import type {
  ReadinessReport,
  ReportCheck,
  ReportItem,
} from '../../../shared/model/readiness/report/report';
import { verdictWords } from '../../../shared/model/verdict';
import { csvRecord } from '../../csv';

/** One record for each thing of each check; a check without things has one of its own. */
export async function* reportCsv({ checks, selection }: ReadinessReport): AsyncGenerator<string> {
  const frameworks = selection.framework ? [selection.framework] : frameworkIds;
  yield csvRecord([...columns, ...frameworks, 'evidence SHA-256']);
  for (const check of checks) {
    const facts = checkOf(check.id);
    if (!facts) continue;
    const requirements = frameworks.map((id) => requirementsFor(facts, id).join(' '));
    const of = [groupNames[facts.group], check.id, facts.question, facts.severity];
    const things = check.items.length > 0 ? check.items : [asThing(check)];
    let records = '';
    for (const thing of things) {
      records += csvRecord([
        ...of,
        ...thingCells(check, thing),
        ...requirements,
        thing.sha256.join(' '),
      ]);
    }
    yield records;
    await new Promise(setImmediate);
  }
}

const columns = [
  'group',
  'check',
  'question',
  'severity',
  'kind',
  'thing',
  'id',
  'account',
  'region',
  'verdict',
  'reason',
  'remedy',
  'missing permission',
  'as of',
  'owner',
  'due',
  'note',
  'accepted by',
  'accepted until',
  'accepted because',
];

function thingCells({ care: whole }: ReportCheck, thing: ReportItem | Whole): string[] {
  const { subject, verdict, asOf, care, waiver } = thing;
  return [
    subject?.kind,
    subject?.name,
    subject?.id,
    subject?.account,
    subject?.region,
    verdictWords[verdict.value],
    verdict.reason,
    verdict.remedy,
    verdict.permission,
    asOf,
    care?.owner ?? whole?.owner,
    care?.due ?? whole?.due,
    care?.note ?? whole?.note,
    waiver?.approver,
    waiver?.expires,
    waiver?.reason,
  ].map((text) => text ?? '');
}

type Whole = Omit<ReportItem, 'subject'> & { readonly subject?: undefined };

function asThing({ verdict, asOf }: ReportCheck): Whole {
  return { verdict, evidence: [], sha256: [], ...(asOf !== undefined && { asOf }) };
}
