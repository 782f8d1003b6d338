import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';
import { readS3Uri } from '../s3Uri';
import { bucketListing, lastPart, type AccountFolder } from '../digest/bucketListing';
import { withoutPrefix } from '../digest/trailFiles';
import { daysOf, regionsOfKey, type TableSettings } from './sql';

/** What of a bucket a question would read. */
export interface Scope {
  readonly settings: TableSettings;
  /** Regions asked for, of those that the table has. */
  readonly regions: readonly string[];
  readonly objects: number;
  readonly bytes: number;
}

/**
 * Lists what there is of a trail in its bucket, and sums up the log files of the days asked for. Throws
 * AppError `bad-request` where it is no bucket or more than one trail's, and what listing throws.
 */
export async function scopeOf(
  gateway: AwsGateway,
  target: Target,
  question: {
    readonly uri: string;
    readonly since: number;
    readonly until: number;
    readonly key?: string | undefined;
  },
  {
    signal,
    progress,
  }: { signal: AbortSignal; progress: (objects: number, bytes: number, what: string) => void },
): Promise<Scope> {
  const { uri, since, until, key } = question;
  const place = readS3Uri(uri);
  if (!place) {
    throw new AppError(
      'bad-request',
      `${uri} is no bucket: write s3://BUCKET or s3://BUCKET/PREFIX.`,
    );
  }
  const listing = bucketListing(gateway, target, place);
  const folders: AccountFolder[] = [];
  for await (const folder of listing.accounts(signal)) {
    if (/^\d{12}$/.test(folder.account)) folders.push(folder);
  }
  const organization = organizationOf(uri, folders);
  const accounts = folders.filter((folder) => folder.organization === organization);
  const byAccount = await Promise.all(
    accounts.map((account) => listing.regions(account, 'CloudTrail', signal)),
  );
  const regionFolders = byAccount.flat();
  const regions = [...new Set(regionFolders.map(lastPart))].sort();
  const asked = regionsOfKey(key, regions);

  const days = daysOf({ since, until });
  let objects = 0;
  let bytes = 0;
  for (const folder of regionFolders) {
    if (!asked.includes(lastPart(folder))) continue;
    for await (const { Key = '', Size = 0 } of listing.objects(folder, { since, until }, signal)) {
      const day = /\/(\d{4}\/\d\d\/\d\d)\/[^/]+$/.exec(withoutPrefix(Key) ?? '')?.[1];
      if (day === undefined || day < days.from || day > days.to) continue;
      objects += 1;
      bytes += Size;
      if (objects % 1000 === 0) progress(objects, bytes, folder);
    }
    progress(objects, bytes, folder);
  }
  return {
    settings: {
      ...place,
      organization,
      accounts: [...new Set(accounts.map(({ account }) => account))].sort(),
      regions,
    },
    regions: asked,
    objects,
    bytes,
  };
}

/** Whose log files are meant, where a bucket has those of an organisation and of single accounts. */
function organizationOf(uri: string, folders: readonly AccountFolder[]): string | undefined {
  const owners = [...new Set(folders.map(({ organization }) => organization))];
  const named = /\/AWSLogs\/(o-[a-z0-9]+)/.exec(uri)?.[1];
  if (named !== undefined) {
    if (owners.includes(named)) return named;
    throw new AppError('not-found', `There are no log files of the organisation ${named} there.`);
  }
  if (owners.length === 0) {
    throw new AppError('not-found', `There are no log files of a trail in ${uri}.`);
  }
  const [only] = owners;
  if (owners.length === 1) return only;
  // The single accounts' own folder is meant where AWSLogs itself is named with an account.
  if (/\/AWSLogs\/\d{12}/.test(uri)) return undefined;
  const organization = owners.find((owner) => owner !== undefined) ?? '';
  throw new AppError(
    'bad-request',
    `${uri} holds log files of an organisation and of single accounts. Name one: add /AWSLogs/${organization} or /AWSLogs/ACCOUNT.`,
  );
}
