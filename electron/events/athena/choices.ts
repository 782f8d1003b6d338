import { GetWorkGroupCommand, ListWorkGroupsCommand } from '@aws-sdk/client-athena';
import type { AthenaChoices, AthenaWorkGroup } from '../../../shared/model/events/athena';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';
import { trailBuckets } from '../trailBuckets';

/**
 * The trails and workgroups that can be chosen in an account and Region. What may not be asked is told
 * with the missing permission; the rest is there. Throws AppError `cancelled`.
 */
export async function athenaChoices(
  gateway: AwsGateway,
  target: Target,
  signal: AbortSignal,
): Promise<AthenaChoices> {
  const problems: string[] = [];

  async function unless<T>(other: T, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
      problems.push(error.message);
      return other;
    }
  }
  const [trails, names] = await Promise.all([
    unless([], () => trailBuckets(gateway, target, signal)),
    unless([], () => workGroupNames(gateway, target, signal)),
  ]);
  const workGroups = await Promise.all(
    names.map((name) =>
      unless<AthenaWorkGroup>({ name, enforced: false }, () =>
        workGroupOf(gateway, target, name, signal),
      ),
    ),
  );
  return { trails, workGroups, problems: [...new Set(problems)] };
}

/** Settings of one workgroup. Throws what the gateway throws. */
export async function workGroupOf(
  gateway: AwsGateway,
  target: Target,
  name: string,
  signal: AbortSignal,
): Promise<AthenaWorkGroup> {
  const { output } = await gateway.send(target, new GetWorkGroupCommand({ WorkGroup: name }), {
    signal,
  });
  const settings = output.WorkGroup?.Configuration;
  const outputLocation = settings?.ResultConfiguration?.OutputLocation;
  const bytesLimit = settings?.BytesScannedCutoffPerQuery;
  if (settings?.ManagedQueryResultsConfiguration?.Enabled) {
    throw new AppError(
      'unsupported',
      `The workgroup ${name} keeps its results within Athena, a thousand rows at a time. Choose one that writes them into a bucket.`,
    );
  }
  return {
    name,
    enforced: settings?.EnforceWorkGroupConfiguration ?? false,
    ...(outputLocation && { outputLocation }),
    ...(bytesLimit !== undefined && { bytesLimit }),
  };
}

async function workGroupNames(
  gateway: AwsGateway,
  target: Target,
  signal: AbortSignal,
): Promise<string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const command = new ListWorkGroupsCommand({
      MaxResults: 50,
      ...(token !== undefined && { NextToken: token }),
    });
    const { output } = await gateway.send(target, command, { signal });
    for (const { Name, State } of output.WorkGroups ?? []) {
      if (Name !== undefined && State !== 'DISABLED') names.push(Name);
    }
    token = output.NextToken;
  } while (token !== undefined);
  return names;
}
