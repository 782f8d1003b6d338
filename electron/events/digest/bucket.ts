import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';
import { bucketListing, lastPart } from './bucketListing';
import { withoutPrefix, type DeniedPart, type TrailFiles } from './trailFiles';

const bothKinds = ['CloudTrail-Digest', 'CloudTrail'] as const;

/** Splits `s3://bucket/prefix`; undefined where it is none. */
export function readS3Uri(uri: string): { bucket: string; prefix: string } | undefined {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(uri);
  if (!match) return undefined;
  const [, bucket = '', path = ''] = match;
  // Who names a folder below AWSLogs means the trail that it belongs to.
  return {
    bucket,
    prefix: path
      .replace(/(^|\/)AWSLogs(\/.*)?$/, '$1')
      .replace(/\/?$/, path ? '/' : '')
      .replace(/^\/$/, ''),
  };
}

/** A trail's files in its bucket. Listing goes by account and Region, and skips days outside the range. */
export function bucketFiles(
  gateway: AwsGateway,
  target: Target,
  { bucket, prefix }: { bucket: string; prefix: string },
): TrailFiles {
  const listing = bucketListing(gateway, target, { bucket, prefix });
  return {
    where: `s3://${bucket}/${prefix}`,
    bucket,
    async *list(range, signal, { onlyLogs = false, onDenied } = {}) {
      const kinds = onlyLogs ? (['CloudTrail'] as const) : bothKinds;
      for await (const folder of listing.accounts(signal)) {
        const { account } = folder;
        for (const kind of kinds) {
          const path = `${folder.path}${kind}/`;
          const regions = await listing
            .regions(folder, kind, signal)
            .catch((error: unknown) => denied({ path, account }, error));
          for (const path of regions) {
            try {
              for await (const { Key = '' } of listing.objects(path, range, signal)) {
                const key = withoutPrefix(Key);
                if (key !== undefined) yield key;
              }
            } catch (error) {
              denied({ path, account, region: lastPart(path) }, error);
            }
          }
        }
      }

      /** Nothing of the part; throws on where nobody wants to be told. */
      function denied(part: Omit<DeniedPart, 'error'>, error: unknown): [] {
        if (!onDenied || !(error instanceof AppError) || error.code !== 'denied') throw error;
        onDenied({ ...part, error });
        return [];
      }
    },
    async open(key, signal) {
      const name = `s3://${bucket}/${prefix}${key}`;
      try {
        const { output } = await gateway.send(
          target,
          new GetObjectCommand({ Bucket: bucket, Key: `${prefix}${key}` }),
          { signal },
        );
        if (!output.Body) throw new AppError('bad-response', `${name} came without content.`);
        const bytes = await output.Body.transformToByteArray();
        return {
          bytes,
          metadata: output.Metadata ?? {},
          writtenAt: output.LastModified?.toISOString(),
        };
      } catch (error) {
        if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
        if (!(error instanceof AppError)) {
          throw new AppError('unreachable', `${name} broke off while it was read. Try again.`);
        }
        if (error.code === 'not-found' && error.detail['awsCode'] === 'NoSuchKey') return undefined;
        throw error;
      }
    },
  };
}
