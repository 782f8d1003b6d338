import type { AppError } from '../../../shared/model/errors';
import type { DeniedPart, TrailFileName } from '../digest/trailFiles';

type Log = Pick<TrailFileName, 'account' | 'region' | 'key'>;

/** A part of a bucket that was refused. */
export interface Refused {
  /** Absent where not even the accounts may be listed. */
  readonly account?: string | undefined;
  /** Absent where not even the account's Regions may be listed. */
  readonly region?: string | undefined;
  /** Where it lies. */
  readonly what: string;
  /** Account, Region, how much, and AWS's refusal with the permission. */
  readonly why: string;
  readonly error: AppError;
}

/** Where so many files were refused and none was given, the others of that Region are not asked for. */
const enough = 20;

/**
 * Collects what a bucket refuses by account and Region, in place of a line for each file: without
 * permission for one file there is seldom one for its neighbours.
 */
export function createRefusals() {
  const parts: DeniedPart[] = [];
  const regions = new Map<string, Seen>();

  function of({ account, region, key }: Log): Seen {
    const name = `${account} ${region}`;
    let seen = regions.get(name);
    if (!seen) {
      const folder = key.slice(0, key.indexOf(`/${region}/`) + region.length + 2);
      seen = { account, region, folder, given: 0, refused: 0, skipped: 0 };
      regions.set(name, seen);
    }
    return seen;
  }
  const isRefused = ({ refused }: Seen) => refused > 0;

  return {
    listed: (log: Log): void => void of(log),
    unlisted: (part: DeniedPart): void => void parts.push(part),
    read(log: Log): void {
      of(log).given += 1;
    },
    unread(log: Log, error: AppError): void {
      const seen = of(log);
      seen.refused += 1;
      seen.error ??= error;
    },
    /** True where asking for the file would only be refused again; it is counted as unread. */
    skip(log: Log): boolean {
      const seen = of(log);
      if (seen.given > 0 || seen.refused < enough) return false;
      seen.skipped += 1;
      return true;
    },
    unreadFiles: (): number =>
      [...regions.values()].reduce((sum, { refused, skipped }) => sum + refused + skipped, 0),
    all: (): Refused[] => [
      ...parts.map(({ path, account, region, tried, error }): Refused => ({
        account,
        region,
        what: fromLogs(path),
        why:
          account === undefined
            ? `${unlistedAccounts(tried)} ${error.message}`
            : `Account ${account}${region === undefined ? '' : `, ${region}`}: its log files could not be listed. ${error.message}`,
        error,
      })),
      ...[...regions.values()].flatMap(
        ({ account, region, folder, refused, skipped, error }): Refused[] => {
          const count = refused + skipped;
          if (!error) return [];
          const files = `${count} ${count === 1 ? 'log file' : 'log files'}`;
          const why = `Account ${account}, ${region}: ${files} could not be read. ${error.message}`;
          return [{ account, region, what: folder, why, error }];
        },
      ),
    ],
    /** Accounts and Regions that gave all they were asked for. */
    sound: (): { account: string; region: string }[] =>
      [...regions.values()].filter(
        (seen) =>
          !isRefused(seen) &&
          !parts.some((part) => part.account === seen.account && part.region === seen.region),
      ),
  };
}

interface Seen {
  readonly account: string;
  readonly region: string;
  readonly folder: string;
  given: number;
  refused: number;
  skipped: number;
  error?: AppError;
}

/** What it means that the accounts of a bucket may not be listed, and what to do. */
function unlistedAccounts(tried: readonly string[] = []): string {
  const asked =
    tried.length === 0
      ? 'and none is known here'
      : `so only ${tried.length === 1 ? 'account' : 'accounts'} ${tried.join(', ')} ${tried.length === 1 ? 'was' : 'were'} asked for: of others that it may have nothing is known`;
  return `It could not be listed which accounts the bucket has, ${asked}. Name the folder of another with s3://BUCKET/PREFIX/AWSLogs/ACCOUNT/.`;
}

/** A folder from `AWSLogs/` on, whatever the trail's prefix. */
function fromLogs(path: string): string {
  return path.slice(Math.max(0, path.indexOf('AWSLogs/')));
}
