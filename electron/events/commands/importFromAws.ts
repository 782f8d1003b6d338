import type { ImportReport } from '../../../shared/model/events/coverage';
import { AppError } from '../../../shared/model/errors';
import { chosenByOptions } from '../../chosenByOptions';
import type { CommandContext } from '../../command';
import { timeOf } from './time';

interface AwsSourceOptions {
  /** `s3://BUCKET/PREFIX`; where absent the event history is asked. */
  readonly s3?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly practice: boolean;
  readonly 'endpoint-url'?: string | undefined;
}

/**
 * Takes in what is new of a trail's bucket or of the event history. Parts that were refused are named
 * in the report. Throws AppError as the window's calls do.
 */
export async function importFromAws(
  options: AwsSourceOptions,
  { open, stderr, signal }: CommandContext,
): Promise<ImportReport> {
  const { s3, practice, profile, region } = options;
  const [since, until] = [timeOf(options.since), timeOf(options.until)];
  const chosen: { connection: string; regions: string[] }[] = [];
  const { client } = await open({ practice, endpointUrl: options['endpoint-url'], chosen });
  const scopes = await chosenByOptions(client, {
    profiles: profile === undefined ? [] : [profile],
    regions: region === undefined ? [] : [region],
    practice,
  });
  chosen.push(...scopes);
  let toldAt = 0;
  const call = {
    signal,
    onProgress(progress: { done: number; expected: number; what: string }) {
      if (Date.now() - toldAt < 5000) return;
      toldAt = Date.now();
      stderr(`${progress.done} of ${progress.expected}; ${progress.what}\n`);
    },
  };
  if (s3 === undefined) return client.events.lookup(undefined, call);
  const [scope] = scopes;
  if (!scope?.regions[0]) throw new AppError('bad-request', 'Name the Region with --region.');
  const place = {
    connection: scope.connection,
    region: scope.regions[0],
    uri: s3,
    ...(since !== undefined && { since: new Date(since).toISOString() }),
    ...(until !== undefined && { until: new Date(until).toISOString() }),
  };
  return client.events.importBucket(place, call);
}
