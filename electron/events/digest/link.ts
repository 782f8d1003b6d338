import type {
  DigestReport,
  DigestResult,
  TrailFault,
} from '../../../shared/model/events/digestReport';
import { AppError } from '../../../shared/model/errors';
import type { ChainTools } from './chain';
import { differing, type Difference } from './differing';
import { readDigest, type ReadDigest } from './digestFile';
import { gunzip } from './gunzip';
import { withoutPrefix, type TrailFileName } from './trailFiles';
import { whyNot } from './whyNot';

/** A digest of a chain, as far as it could be read. */
export interface Link {
  readonly name: TrailFileName;
  readonly read: ReadDigest | undefined;
  readonly result: { -readonly [K in keyof DigestResult]: DigestResult[K] };
  /** Hex; of the object itself. */
  readonly signature: string | undefined;
  readonly writtenAt: string | undefined;
  /** When a digest of late files was made, which tells the key that signed it; milliseconds. */
  readonly generatedAt: number | undefined;
}

/** What a validation has found so far. */
export interface Found {
  readonly faults: TrailFault[];
  readonly unknowns: DigestReport['unknowns'];
}

/** CloudTrail's digests are some hundred bytes a log file; a larger one is not read. */
export const maxDigestBytes = 64 * 1024 * 1024;

/** Reads a digest and whether it lies where it says; undefined where it is gone or cannot be read. */
export async function readLink(
  name: TrailFileName,
  { files, signal }: Pick<ChainTools, 'files' | 'signal'>,
  found: Found,
): Promise<Link | undefined> {
  let read: ReadDigest | undefined;
  let metadata: Readonly<Record<string, string>>;
  let writtenAt: string | undefined;
  try {
    const file = await files.open(name.key, signal);
    if (!file) return undefined; // gone since it was listed: its successor will miss it
    ({ metadata, writtenAt } = file);
    const body = gunzip(file.bytes, maxDigestBytes);
    read = body && readDigest(body);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    found.unknowns.push({ object: name.key, ...whyNot(error) });
    return undefined;
  }
  const end = new Date(name.at).toISOString();
  const generated = Date.parse(metadata['backfill-generation-timestamp'] ?? '');
  const link: Link = {
    name,
    read,
    result: {
      object: name.key,
      start: read?.digest.digestStartTime ?? end,
      end: read?.digest.digestEndTime ?? end,
      state: 'unproven',
      startsChain: read !== undefined && !read.digest.previousDigestS3Object,
      logFiles: { named: read?.digest.logFiles.length ?? 0, valid: 0, faulty: 0, unread: 0 },
    },
    signature: metadata['signature'],
    writtenAt,
    generatedAt: Number.isNaN(generated) ? undefined : generated,
  };
  if (!read) {
    fault(link, found, 'unreadable', 'It is no gzip file, or does not hold a digest.', [
      { what: 'Content', expected: 'a gzipped digest', found: 'something else' },
    ]);
    return link;
  }
  const { digestS3Bucket: bucket, digestS3Object: object } = read.digest;
  const here = files.bucket ?? bucket;
  if (withoutPrefix(object) !== name.key || here !== bucket) {
    fault(link, found, 'moved', `It says that it lies at ${bucket}/${object}.`, [
      { what: 'Place', expected: `${bucket}/${object}`, found: `${here}/${name.key}` },
    ]);
  }
  return link;
}

/** Notes what is wrong with a digest: it stands for nothing any more. */
export function fault(
  { name, result, read, writtenAt }: Link,
  { faults }: Found,
  kind: TrailFault['kind'],
  why: string,
  differs: readonly Difference[],
  hashes: Pick<TrailFault, 'expected' | 'actual'> = {},
): void {
  faults.push({
    kind,
    file: 'digest',
    object: name.key,
    why,
    ...hashes,
    differs: differing(
      ...differs,
      { what: 'Covers', found: read && `${result.start} to ${result.end}` },
      { what: 'Last written', found: writtenAt },
    ),
  });
  result.state = 'invalid';
  result.why = why;
}
