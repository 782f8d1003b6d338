import type { DrillSummary } from '../../shared/contract/drills';
import type { BundleReport } from '../../shared/model/drills/bundleReport';
import type { Drill } from '../../shared/model/drills/drill';
import type { DrillOutcome } from '../../shared/model/drills/outcome';
import { rehearsalFaultIds, rehearsalFaults } from '../../shared/model/drills/rehearsal';
import { templateIds, templates } from '../../shared/model/drills/templates';
import { AppError } from '../../shared/model/errors';
import { defineCommand, exitCodes, UsageError, type Command, type ExitCode } from '../command';
import { writeFileAtomically } from '../files/atomicWrite';
import { printable, textTable } from '../textTable';
import { canariesCommand } from './canaryCommand';

const list = defineCommand({
  name: 'drill list',
  summary: 'List recovery drills with what they came to',
  usage: `Options:
  --json                the drills as one JSON document (docs/recovery-drills.md)`,
  options: {},
  async run({ values }, { open, stdout, columns }) {
    const { client } = await open();
    const drills = await client.drills.list();
    stdout(values.json ? `${JSON.stringify(drills, null, 2)}\n` : listing(drills, columns));
    return exitCodes.ok;
  },
});

const verify = defineCommand({
  name: 'drill verify',
  summary: 'Check the bundle of a recovery drill: hashes, signatures, timeline, events, addenda',
  usage: `Arguments:
  BUNDLE                the zip file, or the folder into which it was unpacked

Options:
  --key FINGERPRINT     a key that must have signed (SHA-256, hex); may be repeated
  --json                the report as one JSON document

It needs no AWS account and no database. Exit codes: 0 every byte is as it was signed, 1 something is not.`,
  positionals: ['BUNDLE'],
  options: { key: { type: 'string', multiple: true } },
  async run({ values, positionals }, { stdout, signal }) {
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw new UsageError('Name one bundle.');
    const { checkInThread } = await import('./bundle/checkInThread');
    const report = withKeys(
      await checkInThread(path, { signal, progress: () => {} }),
      values.key ?? [],
    );
    stdout(values.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return report.ok ? exitCodes.ok : exitCodes.failed;
  },
});

const exportDrill = defineCommand({
  name: 'drill export',
  summary: 'Write the bundle of a closed and signed drill, or print the drill as JSON',
  usage: `Arguments:
  DRILL                 its id, as "drill list" shows it

Options:
  --output FILE         where the bundle is written; DRILL.zip where absent
  --json                print the drill as one JSON document instead of writing its bundle`,
  positionals: ['DRILL'],
  options: { output: { type: 'string' } },
  async run({ values, positionals }, { open, stdout }) {
    const [id] = positionals;
    if (id === undefined || positionals.length > 1) throw new UsageError('Name one drill.');
    const { client, services } = await open();
    if (values.json) {
      stdout(`${JSON.stringify(await client.drills.get({ drill: id }), null, 2)}\n`);
      return exitCodes.ok;
    }
    const { name, content } = services.drills.bundle(id);
    const file = values.output ?? name;
    await writeFileAtomically(file, content);
    stdout(`${file}\n`);
    return exitCodes.ok;
  },
});

const run = defineCommand({
  name: 'drill run',
  summary: 'Rehearse a recovery drill on the practice account, unattended',
  usage: `Arguments:
  PLAN                  a template (${templateIds.join(', ')}), or the name or id of a plan

Options:
  --practice            on the practice account: the only one that is drilled unattended
  --auto                the automatic steps, one after the other; people's steps are left out
  --fault NAME          make something go wrong; may be repeated:
${rehearsalFaultIds.map((id) => `                          ${id.padEnd(18)} ${rehearsalFaults[id]}`).join('\n')}
  --output FILE         write the signed bundle
  --json                drill and outcome as one JSON document

Exit codes: 0 every objective is met, 1 one is not, 3 one was not tested or cannot be told.`,
  positionals: ['PLAN'],
  options: {
    practice: { type: 'boolean', default: false },
    auto: { type: 'boolean', default: false },
    fault: { type: 'string', multiple: true },
    output: { type: 'string' },
  },
  async run({ values, positionals }, { open, stdout, stderr, signal }) {
    const [name] = positionals;
    if (name === undefined || positionals.length > 1) throw new UsageError('Name one plan.');
    if (!values.practice || !values.auto) {
      throw new UsageError(
        'The command line drills the practice account unattended: add --practice --auto. A real drill needs people and runs in the window.',
      );
    }
    const faults = (values.fault ?? []).map(faultNamed);
    const { client, services } = await open({
      practice: true,
      chosen: [{ connection: 'practice', regions: ['eu-central-1'] }],
    });
    const template = templates.find(({ id }) => id === name)?.id;
    const plan = template ? { template } : { id: await planNamed(client, name) };
    const { drill, outcome } = await client.drills.rehearse(
      { plan, faults },
      { signal, onProgress: ({ what }) => stderr(`${what}\n`) },
    );
    if (values.output !== undefined) {
      await writeFileAtomically(values.output, services.drills.bundle(drill.id).content);
    }
    stdout(
      values.json
        ? `${JSON.stringify({ drill, outcome }, null, 2)}\n`
        : outcomeText(drill, outcome),
    );
    return exitCodeOf(outcome);
  },
});

export const drillCommands: readonly Command[] = [list, verify, exportDrill, run, canariesCommand];

function listing(drills: readonly DrillSummary[], columns: number | undefined): string {
  if (drills.length === 0) return 'There is no drill yet.\n';
  const lines = drills.map((drill) => [
    drill.id,
    `${drill.planName} v${drill.planVersion}`,
    drill.state,
    drill.result,
    `${Math.round(drill.totalSeconds / 60)} of ${drill.rtoMinutes} min`,
    String(drill.toUndo),
    drill.practice ? 'practice' : '',
  ]);
  const titles = ['Drill', 'Plan', 'State', 'Result', 'Took', 'To undo', 'Account'];
  return `${textTable(titles, lines, columns)}\n`;
}

/** The report, with a problem for each key that should have signed and did not. */
function withKeys(report: BundleReport, keys: readonly string[]): BundleReport {
  const signed = new Set(report.signatures.map(({ fingerprint }) => fingerprint));
  const missing = keys.filter((key) => !signed.has(key.toLowerCase().replaceAll(':', '')));
  if (missing.length === 0) return report;
  const problems = missing.map((key) => ({ file: 'signatures/', why: `Not signed by ${key}.` }));
  return { ...report, ok: false, problems: [...report.problems, ...problems] };
}

function reportText(report: BundleReport): string {
  const { ok, drill, plan, closedAt, result, files, signatures, addenda, problems } = report;
  const { practice, account = 'unknown' } = report;
  const lines = [
    ok ? 'The bundle is as it was signed.' : 'The bundle is NOT as it was signed:',
    ...problems.map(({ file, why }) => `  ${file}: ${why}`),
    ...(drill === undefined
      ? []
      : [
          `Drill ${drill}, ${plan}, closed ${closedAt ?? 'at no time'}: ${result}.`,
          practice
            ? 'It is a REHEARSAL on the practice account: no real key was drilled.'
            : `Account ${account}.`,
          `${files} files, ${addenda} addenda, SHA256SUMS ${report.sumsSha256}.`,
          ...(report.previous
            ? [`The drill before: ${report.previous.drill}, SHA256SUMS ${report.previous.sha256}.`]
            : []),
        ]),
    ...signatures.map(
      ({ name, role, algorithm, fingerprint }) =>
        `Signed by ${name}, ${role}, with ${algorithm} key ${fingerprint}: compare it with what they tell you.`,
    ),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function outcomeText(drill: Drill, outcome: DrillOutcome): string {
  const steps = drill.steps.map(
    ({ title, outcome: of = 'not done', reason = '' }) => `${of.padEnd(14)} ${title}: ${reason}`,
  );
  const objectives = outcome.objectives.map(
    ({ text, result, reason }) => `${result.padEnd(14)} ${text}: ${reason}`,
  );
  return `${[drill.id, '', ...steps, '', ...objectives, '', `${outcome.result}: ${outcome.reason}`].join('\n')}\n`;
}

function faultNamed(name: string) {
  const fault = rehearsalFaultIds.find((id) => id === name);
  if (fault) return fault;
  throw new UsageError(`There is no fault ${name}. There are: ${rehearsalFaultIds.join(', ')}.`);
}

async function planNamed(
  client: Awaited<ReturnType<Parameters<Command['run']>[1]['open']>>['client'],
  name: string,
): Promise<string> {
  const plans = await client.drills.plans();
  const found = plans.find(({ plan }) => plan.id === name || plan.name === name);
  if (found) return found.plan.id;
  const names = [...templateIds, ...plans.map(({ plan }) => plan.name)].join(', ');
  throw new AppError('not-found', `There is no plan ${name}. There are: ${names}.`);
}

function exitCodeOf({ result }: DrillOutcome): ExitCode {
  if (result === 'passed') return exitCodes.ok;
  return result === 'failed' ? exitCodes.failed : exitCodes.partial;
}
