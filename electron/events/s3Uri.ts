import { UsageError } from '../command';

/** A place of log files within a trail's bucket that is known without listing the bucket. */
export interface KnownPlace {
  /** `o-abc`, where an organisation's trail writes. */
  readonly organization?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

export interface S3Place {
  readonly bucket: string;
  /** Of the trail: empty, or `team/logs/`. */
  readonly prefix: string;
  /** What a folder below `AWSLogs/` that was named belongs to. */
  readonly named?: KnownPlace | undefined;
}

/** Splits `s3://bucket/prefix`; undefined where it is none. */
export function readS3Uri(uri: string): S3Place | undefined {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(uri);
  if (!match) return undefined;
  const [, bucket = '', path = ''] = match;
  const [, organization, account, region] =
    /(?:^|\/)AWSLogs\/(?:(o-[a-z0-9]+)(?:\/|$))?(?:(\d{12})(?:\/|$))?(?:CloudTrail\/([a-z0-9-]+)(?:\/|$))?/.exec(
      path,
    ) ?? [];
  // Who names a folder below AWSLogs means the trail that it belongs to.
  return {
    bucket,
    prefix: path
      .replace(/(^|\/)AWSLogs(\/.*)?$/, '$1')
      .replace(/\/?$/, path ? '/' : '')
      .replace(/^\/$/, ''),
    ...((organization ?? account) && { named: { organization, account, region } }),
  };
}

/** The bucket that an option names. Throws UsageError where it is none. */
export function bucketOption(uri: string): S3Place {
  const place = readS3Uri(uri);
  if (!place) throw new UsageError(`${uri} is no bucket: write s3://BUCKET or s3://BUCKET/PREFIX.`);
  return place;
}
