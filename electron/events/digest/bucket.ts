import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';
import { bucketListing, lastPart, type AccountFolder } from './bucketListing';
import type { KnownPlace, S3Place } from '../s3Uri';
import { withoutPrefix, type DeniedPart, type TrailFiles } from './trailFiles';

const bothKinds = ['CloudTrail-Digest', 'CloudTrail'] as const;

/**
 * A trail's files in its bucket. Listing goes by account and Region, and skips days outside the range.
 * Where the bucket's accounts or an account's Regions may not be listed, and somebody is told of it,
 * those are looked for that are known without.
 */
export function bucketFiles(
  gateway: AwsGateway,
  target: Target,
  { bucket, prefix, named }: S3Place,
): TrailFiles {
  const listing = bucketListing(gateway, target, { bucket, prefix });
  return {
    where: `s3://${bucket}/${prefix}`,
    bucket,
    async *list(range, signal, { onlyLogs = false, onDenied, known = [] } = {}) {
      const kinds = onlyLogs ? (['CloudTrail'] as const) : bothKinds;
      const places = named ? [named, ...known] : known;
      for await (const folder of accounts()) {
        const { account } = folder;
        for (const kind of kinds) {
          const path = `${folder.path}${kind}/`;
          const regions = await listing.regions(folder, kind, signal).catch((error: unknown) => {
            denied({ path, account }, error);
            return regionsOf(places, account).map((region) => `${path}${region}/`);
          });
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

      /** The accounts' folders: as the bucket lists them, or where it does not, those that are known. */
      async function* accounts(): AsyncGenerator<AccountFolder> {
        const parent = `${prefix}AWSLogs/${named?.organization ? `${named.organization}/` : ''}`;
        try {
          yield* listing.accounts(signal);
        } catch (error) {
          const tried = accountsOf(places);
          denied({ path: parent, tried }, error);
          for (const account of tried) {
            yield { path: `${parent}${account}/`, account, organization: named?.organization };
          }
        }
      }

      /** Tells of a part; throws on where nobody wants to be told. */
      function denied(part: Omit<DeniedPart, 'error'>, error: unknown): void {
        if (!onDenied || !(error instanceof AppError) || error.code !== 'denied') throw error;
        onDenied({ ...part, error });
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

function accountsOf(places: readonly KnownPlace[]): string[] {
  return [...new Set(places.flatMap(({ account }) => account ?? []))];
}

function regionsOf(places: readonly KnownPlace[], account: string): string[] {
  const own = places.filter((place) => place.account === account);
  return [...new Set(own.flatMap(({ region }) => region ?? []))];
}
