import type { ImportReport } from '../../../shared/model/events/coverage';
import { defineCommand, exitCodes, UsageError, type ExitCode } from '../../command';
import { importLogs, type ImportProgress } from '../importLogs';
import { logsOf } from '../logFolder';
import { withEvents } from './withEvents';

/** `claviger events import`: takes CloudTrail log files into the store. */
export const importCommand = defineCommand({
  name: 'events import',
  summary: 'Take CloudTrail log files into the store, each event once',
  usage: `Arguments:
  PATH                  a log file (.json or .json.gz), or a folder that holds some; may be repeated

Options:
  --json                the report as one JSON document (docs/events.md)

Exit codes: 0 all was read, 1 nothing could be read, 3 a file could not be read, or not all of it.`,
  positionals: ['PATH...'],
  options: {},
  run({ values, positionals }, context) {
    if (positionals.length === 0) throw new UsageError('Name a log file or a folder.');
    const { signal, stdout, stderr } = context;
    return withEvents(context, async (store) => {
      const logs = async function* () {
        for (const path of positionals) yield* logsOf(path, signal);
      };
      const progress = progressTo(stderr);
      const report = await importLogs(store, logs(), { source: 'files', signal, progress });
      stdout(values.json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
      for (const { what, message } of report.problems) stderr(`${what}: ${message}\n`);
      return exitCodeOf(report);
    });
  },
});

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
