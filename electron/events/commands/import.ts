import { notKeptText, type ImportReport } from '../../../shared/model/events/coverage';
import {
  defineCommand,
  exitCodes,
  UsageError,
  type CommandContext,
  type ExitCode,
} from '../../command';
import { defaultDataDir } from '../../dataDir';
import { openSettings } from '../../settings/index';
import { openStore } from '../../store/index';
import { importLogs, type ImportProgress } from '../importLogs';
import { logsOf } from '../logFolder';
import { emptyReport } from '../sources/report';
import { withEvents } from './withEvents';

/** `claviger events import`: takes CloudTrail log files into the store. */
export const importCommand = defineCommand({
  name: 'events import',
  summary: 'Take CloudTrail log files into the store, each event once',
  usage: `Arguments:
  PATH                  a log file (.json or .json.gz), or a folder that holds some; may be repeated

Options, one of the first three in place of PATH:
  --lookup              ask the event history of the last 90 days for what is new
  --s3 URI              take in what is missing of a trail's bucket s3://BUCKET[/PREFIX]
  --athena URI          let Athena search the trail's bucket s3://BUCKET[/PREFIX]
                        for events of KMS and of trails. The cost is shown before anything is asked
  --since TIME          2026-11-01 or 2026-11-01T12:00:00Z; for --s3, and needed with --athena
  --until TIME          for --s3 and --athena; now where absent
  --workgroup NAME      Athena's workgroup; primary where absent
  --output URI          where results go, if the workgroup does not say it: s3://BUCKET/PREFIX/
  --key KEY             only events that name this key: ARN, id or alias
  --name EVENT          only events of this name, such as Decrypt; may be repeated
  --failures            only calls that failed
  --yes                 agree to the cost without being asked; needed without a terminal
  --profile NAME        a profile of the AWS config files
  --region REGION       the Region of workgroup and bucket, or to look up; the profile's own where
                        absent
  --practice            the practice account
  --endpoint-url URL    another endpoint, such as that of "claviger practice"
  --json                the report as one JSON document (docs/events.md)

Events that are older than the settings keep them go again at once, which is told.

Exit codes: 0 all was read, 1 nothing could be read, or the cost was not agreed to, 3 a file, an account
or a Region could not be read, or not all of it.`,
  positionals: ['PATH...'],
  options: {
    lookup: { type: 'boolean', default: false },
    s3: { type: 'string' },
    athena: { type: 'string' },
    since: { type: 'string' },
    until: { type: 'string' },
    workgroup: { type: 'string' },
    output: { type: 'string' },
    key: { type: 'string' },
    name: { type: 'string', multiple: true },
    failures: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    profile: { type: 'string' },
    region: { type: 'string' },
    practice: { type: 'boolean', default: false },
    'endpoint-url': { type: 'string' },
  },
  async run({ values, positionals }, context) {
    const { athena, json = false } = values;
    const sources = [positionals.length > 0, values.lookup, values.s3, athena].filter(
      (named) => named !== undefined && named !== false,
    );
    if (sources.length > 1) {
      throw new UsageError('Name one of files, --lookup, --s3 and --athena.');
    }
    if (positionals.includes('')) throw new UsageError('An empty path names nothing.');
    forbidForeign(values, sourceOf(values));
    if (values.lookup || values.s3 !== undefined) {
      const { importFromAws } = await import('./importFromAws');
      return told(await importFromAws(values, context), json, context);
    }
    if (athena !== undefined) {
      const { importFromAthena } = await import('./importAthena');
      const report = await importFromAthena({ ...values, athena }, context);
      return report ? told(report, json, context) : exitCodes.failed;
    }
    if (positionals.length === 0) throw new UsageError('Name a log file or a folder.');
    const { signal, stderr } = context;
    let report = emptyReport();
    await withEvents(context, async (store) => {
      const progress = progressTo(stderr);
      report = await importLogs(store, logsOf(positionals, signal), {
        source: 'files',
        signal,
        progress,
      });
      await store.keep();
      return exitCodes.ok;
    });
    return told(await retained(report, context), json, context);
  },
});

type Source = 'files' | 'lookup' | 's3' | 'athena';

function sourceOf(values: { lookup?: boolean; s3?: string; athena?: string }): Source {
  if (values.lookup) return 'lookup';
  if (values.s3 !== undefined) return 's3';
  return values.athena === undefined ? 'files' : 'athena';
}

/** The sources that an option means something to; those that are not here belong to all. */
const optionSources: Readonly<Record<string, readonly Source[]>> = {
  since: ['s3', 'athena'],
  until: ['s3', 'athena'],
  workgroup: ['athena'],
  output: ['athena'],
  key: ['athena'],
  name: ['athena'],
  failures: ['athena'],
  yes: ['athena'],
  profile: ['lookup', 's3', 'athena'],
  region: ['lookup', 's3', 'athena'],
  practice: ['lookup', 's3', 'athena'],
  'endpoint-url': ['lookup', 's3', 'athena'],
};

/** An option that would be passed over: who gave it counts on it. Throws UsageError. */
function forbidForeign(values: Readonly<Record<string, unknown>>, source: Source): void {
  for (const [name, sources] of Object.entries(optionSources)) {
    if (values[name] === undefined || values[name] === false || sources.includes(source)) continue;
    throw new UsageError(
      `--${name} goes with ${sources.map((each) => `--${each}`).join(' and ')} only.`,
    );
  }
}

/** As the window does after every import: what is older than events are kept goes again, on record. */
async function retained(
  report: ImportReport,
  { env, open, signal }: CommandContext,
): Promise<ImportReport> {
  const store = openStore({ dataDir: defaultDataDir(env), now: () => new Date() });
  const days = openSettings({ store }).read().eventRetentionDays;
  store.close();
  if (days === null || report.added === 0) return report;
  const { client } = await open();
  const { events } = await client.events.retain(undefined, { signal });
  return events === 0 ? report : { ...report, notKept: { events, days } };
}

function told(
  report: ImportReport,
  json: boolean,
  { stdout, stderr }: Pick<CommandContext, 'stdout' | 'stderr'>,
): ExitCode {
  stdout(json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
  const notKept = notKeptText(report);
  if (notKept !== undefined) stderr(`${notKept}\n`);
  for (const { what, message } of report.problems) stderr(`${what}: ${message}\n`);
  return exitCodeOf(report);
}

function exitCodeOf({ events, problems }: ImportReport): ExitCode {
  if (problems.length === 0) return exitCodes.ok;
  return events === 0 ? exitCodes.failed : exitCodes.partial;
}

function textOf({ files, events, added, duplicates, ms }: ImportReport): string {
  return `${files} files, ${events} events: ${added} new, ${duplicates} were there (${(ms / 1000).toFixed(1)} s)\n`;
}

function progressTo(stderr: (text: string) => void): (progress: ImportProgress) => void {
  let toldAt = Date.now();
  return ({ done, events, what }) => {
    if (Date.now() - toldAt < 5000) return;
    toldAt = Date.now();
    stderr(`${done} files, ${events} events; ${what}\n`);
  };
}
