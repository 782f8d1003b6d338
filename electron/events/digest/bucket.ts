import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';
import { withoutPrefix, type TimeRange, type TrailFiles } from './trailFiles';

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
  const root = `${prefix}AWSLogs/`;

  async function* pages(
    signal: AbortSignal,
    input: { Prefix: string; Delimiter?: string; StartAfter?: string },
  ) {
    let token: string | undefined;
    do {
      const { output } = await gateway.send(
        target,
        new ListObjectsV2Command({
          Bucket: bucket,
          ...input,
          ...(token !== undefined && { ContinuationToken: token }),
        }),
        { signal },
      );
      yield output;
      token = output.IsTruncated ? output.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async function folders(parent: string, signal: AbortSignal): Promise<string[]> {
    const found: string[] = [];
    for await (const page of pages(signal, { Prefix: parent, Delimiter: '/' })) {
      found.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
    }
    return found;
  }

  async function* keysOf(folder: string, { since, until }: TimeRange, signal: AbortSignal) {
    const after = since === undefined ? {} : { StartAfter: `${folder}${dayOf(since - dayMs)}` };
    const last = until === undefined ? undefined : `${folder}${dayOf(until + dayMs)}/~`;
    for await (const page of pages(signal, { Prefix: folder, ...after })) {
      for (const { Key = '' } of page.Contents ?? []) {
        if (last !== undefined && Key > last) return;
        const key = withoutPrefix(Key);
        if (key !== undefined) yield key;
      }
    }
  }

  return {
    where: `s3://${bucket}/${prefix}`,
    bucket,
    async *list(range, signal) {
      // AWSLogs/ACCOUNT/ or, with an organisation trail, AWSLogs/o-ID/ACCOUNT/.
      const owners = (await folders(root, signal)).map((folder) => ({
        folder,
        organisation: /\/o-[a-z0-9]+\/$/.test(folder),
      }));
      for (const { folder, organisation } of owners) {
        for (const account of organisation ? await folders(folder, signal) : [folder]) {
          for (const kind of ['CloudTrail-Digest/', 'CloudTrail/']) {
            for (const region of await folders(`${account}${kind}`, signal)) {
              yield* keysOf(region, range, signal);
            }
          }
        }
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

const dayMs = 86_400_000;

/** `2026/11/24`: a day's folder. */
function dayOf(ms: number): string {
  return new Date(Math.max(0, ms)).toISOString().slice(0, 10).replaceAll('-', '/');
}
