import type { ImportReport } from '../../../shared/model/events/coverage';
import type { CommandContext } from '../../command';
import { bucketOption } from '../s3Uri';
import { openScope, type AwsScopeOptions } from './awsScope';
import { spanOf } from './time';

interface AwsSourceOptions extends AwsScopeOptions {
  /** `s3://BUCKET/PREFIX`; where absent the event history is asked. */
  readonly s3?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/**
 * Takes in what is new of a trail's bucket or of the event history. Parts that were refused are named
 * in the report. Throws AppError as the window's calls do.
 */
export async function importFromAws(
  options: AwsSourceOptions,
  { open, stderr, signal }: CommandContext,
): Promise<ImportReport> {
  const { s3 } = options;
  const { since, until } = spanOf(options);
  if (s3 !== undefined) bucketOption(s3);
  const { client, connection, region } = await openScope(options, open);
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
  const place = {
    connection,
    region,
    uri: s3,
    ...(since !== undefined && { since: new Date(since).toISOString() }),
    ...(until !== undefined && { until: new Date(until).toISOString() }),
  };
  return client.events.importBucket(place, call);
}
