import type { Severity } from '../../../shared/model/readiness/check';
import { checkOf } from '../../../shared/model/readiness/checks/index';
import {
  frameworkIds,
  frameworkNames,
  requirementsFor,
} from '../../../shared/model/readiness/frameworks';
import type {
  ReadinessReport,
  ReportCheck,
  ReportItem,
} from '../../../shared/model/readiness/report/report';
import { verdictWords, type Verdict, type VerdictValue } from '../../../shared/model/verdict';

/**
 * The report as findings of the Open Cybersecurity Schema Framework 1.7: one JSON array of events of
 * class Compliance Finding (2003), one for each thing of each check; a check without things has one
 * of its own. Attributes as in github.com/ocsf/ocsf-schema, events/findings/compliance_finding.json.
 */
export async function* reportOcsf(report: ReadinessReport): AsyncGenerator<string> {
  let separator = '[\n';
  for (const check of report.checks) {
    const things = check.items.length > 0 ? check.items : [undefined];
    const findings = things.flatMap((thing) => finding(report, check, thing) ?? []);
    if (findings.length === 0) continue;
    yield separator + findings.map((one) => JSON.stringify(one)).join(',\n');
    separator = ',\n';
    await new Promise(setImmediate);
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

const classUid = 2003;
/** Activity Create: every report tells its findings anew; the same `finding_info.uid` is the same finding. */
const created = 1;

function finding(report: ReadinessReport, check: ReportCheck, thing: ReportItem | undefined) {
  const facts = checkOf(check.id);
  if (!facts) return undefined;
  const { framework } = report.selection;
  const frameworks = framework ? [framework] : frameworkIds;
  const verdict: Verdict = thing?.verdict ?? check.verdict;
  const status = complianceStatus[verdict.value];
  const severity = verdict.value === 'fail' ? facts.severity : 'informational';
  const account = thing?.subject.account;
  const spoken = frameworks.filter((id) => requirementsFor(facts, id).length > 0);
  return {
    activity_id: created,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: classUid,
    class_name: 'Compliance Finding',
    type_uid: classUid * 100 + created,
    type_name: 'Compliance Finding: Create',
    time: Date.parse(report.evaluatedAt),
    severity_id: severityIds[severity],
    severity: capital(severity),
    message: verdict.reason,
    ...workStatus(verdict.value, thing),
    metadata: {
      version: '1.7.0',
      uid: `${check.id} ${thing?.subject.id ?? ''} ${report.evaluatedAt}`,
      product: { name: 'Claviger', vendor_name: 'Claviger', version: report.version },
      ...(account !== undefined && { profiles: ['cloud'] }),
    },
    ...(account !== undefined && {
      cloud: {
        provider: 'AWS',
        account: { uid: account },
        ...(thing?.subject.region !== undefined && { region: thing.subject.region }),
      },
    }),
    finding_info: {
      uid: thing ? `${check.id} ${thing.subject.id}` : check.id,
      title: facts.question,
      desc: facts.why,
      types: ['encryption readiness'],
    },
    compliance: {
      control: check.id,
      category: facts.group,
      desc: facts.question,
      standards: spoken.map((id) => frameworkNames[id]),
      requirements: spoken.flatMap((id) =>
        requirementsFor(facts, id).map((one) => `${frameworkNames[id]}: ${one}`),
      ),
      status_id: status.id,
      status: status.caption,
      status_code: verdict.value,
      status_details: [verdictWords[verdict.value], verdict.reason],
    },
    remediation: { desc: [verdict.remedy, facts.remedy.console].filter(Boolean).join('\n') },
    ...(thing && { resources: [resource(thing)] }),
    unmapped: {
      evidence_sha256: thing?.sha256 ?? [],
      ...(thing?.asOf !== undefined && { as_of: thing.asOf }),
      ...(verdict.permission !== undefined && { missing_permission: verdict.permission }),
      ...(thing?.waiver && { waiver: thing.waiver }),
      ...(report.manifestSha256 !== undefined && { manifest_sha256: report.manifestSha256 }),
    },
  };
}

/** What cannot be told and what is stale gave no result "due to missing information": Warning, never Pass. */
const complianceStatus: Readonly<Record<VerdictValue, { id: number; caption: string }>> = {
  pass: { id: 1, caption: 'Pass' },
  'cannot-tell': { id: 2, caption: 'Warning' },
  stale: { id: 2, caption: 'Warning' },
  fail: { id: 3, caption: 'Fail' },
  'not-applicable': { id: 99, caption: 'Not applicable' },
};

const severityIds: Readonly<Record<Severity | 'informational', number>> = {
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
  critical: 5,
};

/** Whose turn it is: an accepted failure is suppressed, any other is new; nothing else is worked on. */
function workStatus(value: VerdictValue, thing: ReportItem | undefined) {
  if (value !== 'fail') return {};
  return thing?.waiver ? { status_id: 3, status: 'Suppressed' } : { status_id: 1, status: 'New' };
}

function resource({ subject, care }: ReportItem) {
  return {
    uid: subject.id,
    name: subject.name,
    type: subject.kind,
    ...(subject.region !== undefined && { region: subject.region }),
    ...(care?.owner !== undefined && { owner: { name: care.owner } }),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
