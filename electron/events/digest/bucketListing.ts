import { ListObjectsV2Command, type _Object } from '@aws-sdk/client-s3';
import type { AwsGateway, Target } from '../../aws/types';
import type { TimeRange } from './trailFiles';

/** One account's part of a trail's bucket. */
export interface AccountFolder {
  /** `prefix/AWSLogs/o-abc/111122223333/`. */
  readonly path: string;
  readonly account: string;
  /** `o-abc`, where an organisation's trail writes. */
  readonly organization: string | undefined;
}

/** Lists a trail's bucket by account, kind of file and Region. */
export interface BucketListing {
  /** AWSLogs/ACCOUNT/ or, with an organisation trail, AWSLogs/o-ID/ACCOUNT/. */
  accounts(signal: AbortSignal): AsyncGenerator<AccountFolder>;
  /** The Regions' folders within an account's folder. */
  regions(
    account: AccountFolder,
    kind: 'CloudTrail' | 'CloudTrail-Digest',
    signal: AbortSignal,
  ): Promise<string[]>;
  /** The objects of a Region's folder; days outside the range, and one at each end, are skipped. */
  objects(folder: string, range: TimeRange, signal: AbortSignal): AsyncGenerator<_Object>;
}

export function bucketListing(
  gateway: AwsGateway,
  target: Target,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
): BucketListing {
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

  return {
    async *accounts(signal) {
      for (const path of await folders(`${prefix}AWSLogs/`, signal)) {
        const organization = /\/(o-[a-z0-9]+)\/$/.exec(path)?.[1];
        const paths = organization === undefined ? [path] : await folders(path, signal);
        for (const each of paths) {
          yield { path: each, account: lastPart(each), organization };
        }
      }
    },
    regions: ({ path }, kind, signal) => folders(`${path}${kind}/`, signal),
    async *objects(folder, { since, until }, signal) {
      const after = since === undefined ? {} : { StartAfter: `${folder}${dayOf(since - dayMs)}` };
      const last = until === undefined ? undefined : `${folder}${dayOf(until + dayMs)}/~`;
      for await (const page of pages(signal, { Prefix: folder, ...after })) {
        for (const object of page.Contents ?? []) {
          if (last !== undefined && (object.Key ?? '') > last) return;
          yield object;
        }
      }
    },
  };
}

export const dayMs = 86_400_000;

/** `2026/11/24`: a day's folder. */
export function dayOf(ms: number): string {
  return new Date(Math.max(0, ms)).toISOString().slice(0, 10).replaceAll('-', '/');
}

/** The name of a folder. */
export function lastPart(folder: string): string {
  return folder.split('/').at(-2) ?? '';
}
