import { AppError } from '../../shared/model/errors';
import type { AwsGateway } from '../aws/types';
import type { TimeRange, TrailFiles } from './digest/trailFiles';

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
  const { bucketFiles, readS3Uri } = await import('./digest/bucket');
  const place = readS3Uri(uri);
  if (!place) {
    throw new AppError(
      'bad-request',
      `${uri} is no bucket: write s3://BUCKET or s3://BUCKET/PREFIX.`,
    );
  }
  return { files: bucketFiles(gateway, { connection, region }, place) };
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
