import type { AppError } from '../../../shared/model/errors';
import type { KnownPlace } from '../s3Uri';

/** A trail's files, wherever they lie: a bucket, or a folder that holds a copy of it. */
export interface TrailFiles {
  /** For people: the folder, or `s3://bucket/prefix`. */
  readonly where: string;
  /** The bucket's name, where it is one: a digest must say the same. */
  readonly bucket?: string | undefined;
  /**
   * Keys from `AWSLogs/` on. Files of days outside the range may be left out, others need not.
   * Throws AppError where a part cannot be listed.
   */
  list(range: TimeRange, signal: AbortSignal, options?: ListOptions): AsyncIterable<string>;
  /**
   * A file's bytes as they lie there, and the object's own metadata (names in lower case, without
   * `x-amz-meta-`); undefined where there is none. Throws AppError where it cannot be read.
   */
  open(key: string, signal: AbortSignal): Promise<TrailFile | undefined>;
}

export interface ListOptions {
  /** Only log files are asked for; files of other kinds may come all the same. */
  readonly onlyLogs?: boolean;
  /** Told of a part that may not be listed, and the rest goes on. Without it the listing throws. */
  readonly onDenied?: (part: DeniedPart) => void;
  /** Asked for by name where it cannot be listed what there is, which needs `onDenied`. */
  readonly known?: readonly KnownPlace[];
}

/** The folder of all accounts, an account's folder, or one Region of it, that may not be listed. */
export interface DeniedPart {
  readonly path: string;
  /** Absent where not even the bucket's accounts may be listed. */
  readonly account?: string;
  readonly region?: string;
  /** The accounts that were asked for in place of a list. */
  readonly tried?: readonly string[];
  readonly error: AppError;
}

/** Milliseconds since 1970; open where absent. */
export interface TimeRange {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export interface TrailFile {
  readonly bytes: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
  /** When it was last written, ISO 8601 UTC. */
  readonly writtenAt?: string | undefined;
}

/** Who wrote a file and of when it is, as its name tells. */
export interface TrailFileName {
  readonly kind: 'log' | 'digest';
  readonly key: string;
  readonly account: string;
  readonly region: string;
  /** Digests only: the trail's name. */
  readonly trail: string;
  /** A digest's end, or when a log file was begun: milliseconds since 1970. */
  readonly at: number;
  /** A digest of files that came late (`_backfill`). */
  readonly backfill: boolean;
}

/**
 * Reads `AWSLogs/[o-org/]ACCOUNT/CloudTrail[-Digest]/REGION/Y/M/D/...`; undefined for any other file.
 * Source: CloudTrail user guide, "CloudTrail log file name format", "CloudTrail digest file structure".
 */
export function readFileName(key: string): TrailFileName | undefined {
  const log = logName.exec(key);
  const digest = log ? null : digestName.exec(key);
  const {
    account = '',
    region = '',
    trail = '',
    time = '',
    backfill,
  } = (log ?? digest)?.groups ?? {};
  const at = timeOf(time);
  if (at === undefined) return undefined;
  return {
    kind: log ? 'log' : 'digest',
    key,
    account,
    region,
    trail,
    at,
    backfill: backfill !== undefined,
  };
}

const folder = String.raw`^AWSLogs\/(?:o-[a-z0-9]+\/)?(?<account>\d{12})\/`;
const day = String.raw`\/\d{4}\/\d{2}\/\d{2}\/`;
const logName = new RegExp(
  `${folder}CloudTrail\\/(?<region>[a-z0-9-]+)${day}\\d{12}_CloudTrail_[a-z0-9-]+_(?<time>\\d{8}T\\d{4,6}Z)_\\w+\\.json\\.gz$`,
);
const digestName = new RegExp(
  `${folder}CloudTrail-Digest\\/(?<region>[a-z0-9-]+)${day}\\d{12}_CloudTrail-Digest_[a-z0-9-]+_(?<trail>.+)_[a-z0-9-]+_(?<time>\\d{8}T\\d{6}Z)(?<backfill>_backfill)?\\.json\\.gz$`,
);

/** `20261124T1405Z` or `20261124T140500Z`. */
function timeOf(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, date, hour, minute, second = '00'] = parts;
  const at = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** An object's key from `AWSLogs/` on, whatever the trail's prefix; undefined where that is not in it. */
export function withoutPrefix(object: string): string | undefined {
  const at = object.startsWith('AWSLogs/') ? 0 : object.lastIndexOf('/AWSLogs/') + 1;
  return object.startsWith('AWSLogs/', at) ? object.slice(at) : undefined;
}
