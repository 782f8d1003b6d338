import {
  bytesText,
  usdText,
  type AthenaPlan,
  type AthenaQuestion,
} from '../../../shared/model/events/athena';
import type { ImportReport } from '../../../shared/model/events/coverage';
import { AppError } from '../../../shared/model/errors';
import { UsageError, type CommandContext } from '../../command';
import { openScope, type AwsScopeOptions } from './awsScope';
import { spanOf } from './time';

export interface AthenaOptions extends AwsScopeOptions {
  readonly athena: string;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly workgroup?: string | undefined;
  readonly output?: string | undefined;
  readonly key?: string | undefined;
  readonly name?: string[] | undefined;
  readonly failures: boolean;
  readonly yes: boolean;
}

/**
 * Asks Athena for the events of a time, after showing what it costs; undefined where the operator does
 * not agree. Throws UsageError, and AppError as planning and importing do.
 */
export async function importFromAthena(
  options: AthenaOptions,
  { open, ask, stderr, signal }: CommandContext,
): Promise<ImportReport | undefined> {
  const { since, until } = spanOf(options);
  if (since === undefined)
    throw new UsageError('--athena needs --since: Athena charges by what it reads.');
  const { client, services, connection, region } = await openScope(options, open);
  const now = await services.connections.now(connection);
  const question: AthenaQuestion = {
    connection,
    region,
    uri: options.athena,
    since: new Date(since).toISOString(),
    until: until === undefined ? now.toISOString() : new Date(until).toISOString(),
    workGroup: options.workgroup ?? 'primary',
    outputLocation: options.output,
    key: options.key,
    names: options.name ?? [],
    failuresOnly: options.failures,
  };
  const plan = await client.events.planAthena(question, { signal });
  stderr(textOf(plan, question));
  if (plan.objects === 0) {
    throw new AppError('not-found', 'There is no log file in this time: nothing was asked.');
  }
  if (!options.yes && !(await agreed(ask))) {
    stderr('Nothing was asked.\n');
    return undefined;
  }
  let toldAt = 0;
  return client.events.importAthena(
    { planId: plan.id, costUsd: plan.costUsd },
    {
      signal,
      onProgress({ what }) {
        if (Date.now() - toldAt < 5000) return;
        toldAt = Date.now();
        stderr(`${what}\n`);
      },
    },
  );
}

async function agreed(ask: CommandContext['ask']): Promise<boolean> {
  if (!ask) throw new UsageError('Without a terminal, --yes agrees to the cost.');
  return /^y(es)?$/i.test((await ask('Ask Athena at this cost? [y/N] ')).trim());
}

function textOf(plan: AthenaPlan, { since, until }: AthenaQuestion): string {
  const { objects, bytes, costUsd, price, accounts, regions, workGroup, overLimit } = plan;
  const lines = [
    `${since} to ${until}: ${objects} log files, ${bytesText(bytes)}, in ${accounts.length} accounts and ${regions.length} Regions`,
    `Athena would read all of it: about ${usdText(costUsd)} (an estimate: US$ ${price.usdPerTb} a terabyte, the price in most Regions as of ${price.asOf}, at least 10 MB; S3's requests come on top)`,
    `Workgroup ${workGroup}, result in ${plan.outputLocation}, table ${plan.table}`,
    ...(overLimit === undefined
      ? []
      : [
          `The workgroup cuts queries off at ${bytesText(overLimit)}: this one would be cancelled, and what it has read by then is charged.`,
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
