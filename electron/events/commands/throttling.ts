import type { ThrottlingReport } from '../../../shared/model/events/throttling/report';
import { cloudTrailIsNoProof } from '../../../shared/model/events/throttling/report';
import { compareVerdicts, verdictWords } from '../../../shared/model/verdict';
import { chosenByOptions } from '../../chosenByOptions';
import { defineCommand, exitCodes, type ExitCode } from '../../command';
import { scopeOptions, scopeUsage } from './scope';

/** `claviger events throttling`: how near KMS calls came to their quotas. */
export const throttlingCommand = defineCommand({
  name: 'events throttling',
  summary: 'Compare KMS calls with their request quotas, and forecast',
  usage: `Options:
${scopeUsage}
  --json                the reports as one JSON document (docs/events.md)

By CloudWatch's AWS/Usage of the last 15 days, by the minute, and by the throttled calls among the
stored events. ${cloudTrailIsNoProof}

Exit codes: 0 every quota is kept away from, 1 one is not, or throttled calls are logged, 3 neither,
but one cannot be told or rests on events that are too old.`,
  options: scopeOptions,
  async run({ values }, { open, stdout, signal }) {
    const { practice, profile = [], region = [] } = values;
    const chosen: { connection: string; regions: string[] }[] = [];
    const { client } = await open({ practice, endpointUrl: values['endpoint-url'], chosen });
    const scope = { profiles: profile, regions: region, practice };
    chosen.push(...(await chosenByOptions(client, scope)));
    const reports = await client.events.throttling(undefined, { signal });
    stdout(
      values.json
        ? `${JSON.stringify(reports, null, 2)}\n`
        : `${reports.map(textOf).join('\n')}\n${cloudTrailIsNoProof}\n`,
    );
    return exitCodeOf(reports);
  },
});

/**
 * That no throttled call is logged proves nothing, and is no reason for a pipeline to stop: where the
 * events are there and up to date, CloudWatch decides.
 */
function exitCodeOf(reports: readonly ThrottlingReport[]): ExitCode {
  const verdicts = reports.flatMap(({ uses, logged }) => [
    ...uses.map(({ verdict }) => verdict.value),
    ...(logged.verdict.value === 'cannot-tell' ? [] : [logged.verdict.value]),
  ]);
  if (verdicts.includes('fail')) return exitCodes.failed;
  return verdicts.includes('cannot-tell') || verdicts.includes('stale')
    ? exitCodes.partial
    : exitCodes.ok;
}

function textOf({ account, connection, region, asOf, uses, logged }: ThrottlingReport): string {
  const told = uses
    .filter(({ verdict }) => verdict.value !== 'not-applicable')
    .toSorted((a, b) => compareVerdicts(a.verdict.value, b.verdict.value));
  const lines = [
    ...told.map(({ resource, verdict }) => ({ name: resource, verdict })),
    { name: 'Throttled calls in the log', verdict: logged.verdict },
  ].flatMap(({ name, verdict }) => [
    `${verdictWords[verdict.value].padEnd(14)} ${name}`,
    `${''.padEnd(15)}${verdict.reason}`,
  ]);
  const unused = uses.length - told.length;
  return `${account ?? connection} ${region}, as of ${asOf}\n${lines.join('\n')}\n${''.padEnd(15)}${unused} quotas: no call counted\n`;
}
