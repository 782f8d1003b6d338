import { compareVerdicts, verdictWords } from '../../../shared/model/verdict';
import type { TrailReport } from '../../../shared/model/events/trailCheck';
import { chosenByOptions } from '../../chosenByOptions';
import { defineCommand, exitCodes, type ExitCode } from '../../command';
import { scopeOptions, scopeUsage } from './scope';

/** `claviger trail check`: whether the log can be trusted, and somebody hears of what matters. */
export const checkCommand = defineCommand({
  name: 'trail check',
  summary: 'Check that trails record KMS and deliver, and that alarms reach somebody',
  usage: `Options:
${scopeUsage}
  --json                the reports as one JSON document (docs/events.md)

Exit codes: 0 every check passes or does not apply, 1 one fails, 3 none fails, but one cannot be told
or rests on evidence that is too old.`,
  options: scopeOptions,
  async run({ values }, { open, stdout, signal }) {
    const { practice, profile = [], region = [] } = values;
    const chosen: { connection: string; regions: string[] }[] = [];
    const { client } = await open({ practice, endpointUrl: values['endpoint-url'], chosen });
    const scope = { profiles: profile, regions: region, practice };
    chosen.push(...(await chosenByOptions(client, scope)));
    const reports = await client.events.checkTrails(undefined, { signal });
    stdout(values.json ? `${JSON.stringify(reports, null, 2)}\n` : reports.map(textOf).join('\n'));
    return exitCodeOf(reports);
  },
});

function exitCodeOf(reports: readonly TrailReport[]): ExitCode {
  const values = new Set(
    reports.flatMap(({ checks }) => checks.map(({ verdict }) => verdict.value)),
  );
  if (values.has('fail')) return exitCodes.failed;
  return values.has('cannot-tell') || values.has('stale') ? exitCodes.partial : exitCodes.ok;
}

function textOf({ account, connection, region, asOf, checks }: TrailReport): string {
  const lines = checks
    .toSorted((a, b) => compareVerdicts(a.verdict.value, b.verdict.value))
    .flatMap(({ question, verdict }) => [
      `${verdictWords[verdict.value].padEnd(14)} ${question}`,
      `${''.padEnd(15)}${verdict.reason}`,
    ]);
  return `${account ?? connection} ${region}, as of ${asOf}\n${lines.join('\n')}\n`;
}
