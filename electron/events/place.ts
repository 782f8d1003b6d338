import { AppError } from '../../shared/model/errors';
import type { AwsGateway, Connections } from '../aws/types';
import type { TimeRange, TrailFiles } from './digest/trailFiles';
import { readS3Uri, type KnownPlace } from './s3Uri';
import type { EventTableClient } from './startTable';

/** A trail's bucket as the window names it. */
export interface BucketPlace {
  readonly connection: string;
  readonly region: string;
  /** `s3://bucket/prefix`. */
  readonly uri: string;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** The files of a bucket. Throws AppError `bad-request` where the URI is none. */
export async function trailBucket(
  gateway: AwsGateway,
  { connection, region, uri }: BucketPlace,
): Promise<{ files: TrailFiles }> {
  const place = readS3Uri(uri);
  if (!place) {
    throw new AppError(
      'bad-request',
      `${uri} is no bucket: write s3://BUCKET or s3://BUCKET/PREFIX.`,
    );
  }
  const { bucketFiles } = await import('./digest/bucket');
  return { files: bucketFiles(gateway, { connection, region }, place) };
}

/**
 * Accounts and Regions of which a bucket may have log files though it does not list them: those whose
 * events are stored, and the connection's own with its chosen Regions.
 */
export async function knownPlaces({
  place: { connection, region },
  connections,
  table,
  signal,
}: {
  readonly place: BucketPlace;
  readonly connections: Connections;
  readonly table: Pick<EventTableClient, 'coverage'>;
  readonly signal: AbortSignal;
}): Promise<KnownPlace[]> {
  const { coverage } = await table.coverage(undefined, { signal });
  const stored = coverage.map(({ account, region }): KnownPlace => ({ account, region }));
  const chosen = (await connections.chosen()).find(({ id }) => id === connection)?.regions ?? [];
  try {
    const { accountId: account } = await connections.identify(connection, signal);
    const regions = [...new Set([region, ...chosen])];
    return [...regions.map((each): KnownPlace => ({ account, region: each })), ...stored];
  } catch (error) {
    // A bucket may be read without STS being reached: its list says more than this does.
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    return stored;
  }
}

/** The time that a place names. Throws AppError `bad-request` where it is no time. */
export function rangeOf({ since, until }: BucketPlace): TimeRange {
  return { since: timeOf(since), until: timeOf(until) };
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new AppError('bad-request', `${text} is no time.`);
  return at;
}
