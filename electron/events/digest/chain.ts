import type {
  DigestReport,
  DigestResult,
  TrailFault,
} from '../../../shared/model/events/digestReport';
import { AppError } from '../../../shared/model/errors';
import { isSigned, readDigest, type ReadDigest, type TrailPublicKey } from './digestFile';
import { gunzip } from './gunzip';
import { checkLogFiles } from './logFiles';
import { withoutPrefix, type TimeRange, type TrailFileName, type TrailFiles } from './trailFiles';

/** What the validation of a chain works with. */
export interface ChainTools {
  readonly files: TrailFiles;
  readonly range: TimeRange;
  readonly publicKeys: (region: string, range: TimeRange) => Promise<readonly TrailPublicKey[]>;
  readonly signal: AbortSignal;
  /** So many more files will be read. */
  readonly expect: (count: number) => void;
  /** A file has been read. */
  readonly step: () => void;
}

export interface ChainResult {
  readonly chain: DigestReport['chains'][number];
  readonly faults: TrailFault[];
  readonly unknowns: DigestReport['unknowns'];
  /** Keys of the log files that its digests name. */
  readonly named: ReadonlySet<string>;
  readonly bytes: number;
}

/** CloudTrail's digests are some hundred bytes a log file; a larger one is not read. */
const maxDigestBytes = 64 * 1024 * 1024;

/** A digest of the chain while its successor is not yet known. */
interface Link {
  readonly name: TrailFileName;
  readonly read: ReadDigest | undefined;
  readonly result: { -readonly [K in keyof DigestResult]: DigestResult[K] };
  /** Hex; of the object itself. */
  readonly signature: string | undefined;
}

/**
 * Walks the digests of one trail in one Region from the oldest to the newest: each must be named,
 * hashed and signed by the one after it, and signed itself.
 */
export async function validateChain(
  names: readonly TrailFileName[],
  tools: ChainTools,
): Promise<ChainResult> {
  const { range } = tools;
  const faults: TrailFault[] = [];
  const unknowns: ChainResult['unknowns'] = [];
  const named = new Set<string>();
  const links: Link[] = [];
  let bytes = 0;

  const inRange = names
    .filter(({ at }) => at > (range.since ?? -Infinity) && at <= (range.until ?? Infinity))
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  for (const name of inRange) {
    if (tools.signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    const link = await readLink(name, tools, faults, unknowns);
    tools.step();
    if (!link) continue;
    links.push(link);
  }

  // Digests of late files stand beside the chain: they are signed, but no hourly digest follows them.
  const chain = links.filter(({ name }) => !name.backfill);
  const listed = new Set(names.map(({ key }) => key));
  const missing = chain.flatMap((link, i) => joinToOlder(link, chain[i - 1], listed, faults));
  const first = inRange[0];
  const keys = await publicKeysOf(first, tools, unknowns, inRange);
  for (const [i, link] of links.entries()) {
    const next = link.name.backfill ? undefined : links.slice(i + 1).find((l) => !l.name.backfill);
    judgeSignature(link, next, keys, faults, unknowns);
    if (!link.read || link.result.state === 'invalid') continue;
    const checked = await checkLogFiles(link.read.digest, tools, faults, unknowns);
    link.result.logFiles = checked.counts;
    bytes += checked.bytes;
    for (const key of checked.keys) named.add(key);
  }

  const digests = [...links.map(({ result }) => result), ...missing].sort((a, b) =>
    a.end < b.end ? -1 : 1,
  );
  return {
    chain: {
      account: first?.account ?? '',
      region: first?.region ?? '',
      trail: first?.trail ?? '',
      digests,
      ...(digests[0] && { from: digests[0].start, to: digests.at(-1)?.end ?? '' }),
    },
    faults,
    unknowns,
    named,
    bytes,
  };
}

async function readLink(
  name: TrailFileName,
  { files, signal }: ChainTools,
  faults: TrailFault[],
  unknowns: ChainResult['unknowns'],
): Promise<Link | undefined> {
  let read: ReadDigest | undefined;
  let signature: string | undefined;
  try {
    const file = await files.open(name.key, signal);
    if (!file) return undefined; // gone since it was listed: its successor will miss it
    signature = file.metadata['signature'];
    const body = await gunzip(file.body, maxDigestBytes, signal);
    read = body && readDigest(body);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    unknowns.push({ object: name.key, why: error.message });
    return undefined;
  }
  const end = new Date(name.at).toISOString();
  const result: Link['result'] = {
    object: name.key,
    start: read?.digest.digestStartTime ?? end,
    end: read?.digest.digestEndTime ?? end,
    state: 'unproven',
    startsChain: read !== undefined && !read.digest.previousDigestS3Object,
    logFiles: { named: read?.digest.logFiles.length ?? 0, valid: 0, faulty: 0, unread: 0 },
  };
  const fail = (kind: TrailFault['kind'], why: string) => {
    faults.push({ kind, file: 'digest', object: name.key, why });
    result.state = 'invalid';
    result.why = why;
  };
  if (!read) fail('unreadable', 'It is no gzip file, or does not hold a digest.');
  else {
    const { digestS3Bucket: bucket, digestS3Object: object } = read.digest;
    if (withoutPrefix(object) !== name.key || (files.bucket ?? bucket) !== bucket) {
      fail('moved', `It says that it lies at ${bucket}/${object}.`);
    }
  }
  return { name, read, result, signature };
}

/** Whether a digest goes on where the one before it ended; gives the digests that are missing between. */
function joinToOlder(
  link: Link,
  older: Link | undefined,
  listed: ReadonlySet<string>,
  faults: TrailFault[],
): DigestResult[] {
  const digest = link.read?.digest;
  if (!digest || link.result.state === 'invalid') return [];
  const previous = digest.previousDigestS3Object;
  if (!previous) {
    if (!older) return []; // as far as can be seen, validation was switched on here
    faults.push({
      kind: 'restarted',
      file: 'digest',
      object: link.name.key,
      why: 'Validation was begun anew here: nothing proves that no digest or log file before it was taken away.',
    });
    return [];
  }
  if (!older) return []; // the one before lies outside the range
  const previousKey = withoutPrefix(previous) ?? previous;
  if (previousKey === older.name.key) {
    const expected = digest.previousDigestHashValue ?? undefined;
    const actual = older.read?.hash;
    if (older.read && expected !== undefined && expected !== actual) {
      const why = 'The digest after it names another hash: it was changed.';
      faults.push({
        kind: 'modified',
        file: 'digest',
        object: older.name.key,
        why,
        expected,
        ...(actual !== undefined && { actual }),
      });
      older.result.state = 'invalid';
      older.result.why = why;
    }
    return [];
  }
  if (listed.has(previousKey)) return []; // there, but it could not be read: told already
  const why =
    'The digest after it names it, and it is not there (AWS may deliver late: look again in an hour).';
  faults.push({ kind: 'missing', file: 'digest', object: previousKey, why });
  return [
    {
      object: previousKey,
      start: older.result.end,
      end: digest.digestStartTime,
      state: 'missing',
      why,
      startsChain: false,
      logFiles: { named: 0, valid: 0, faulty: 0, unread: 0 },
    },
  ];
}

async function publicKeysOf(
  first: TrailFileName | undefined,
  { publicKeys }: ChainTools,
  unknowns: ChainResult['unknowns'],
  names: readonly TrailFileName[],
): Promise<readonly TrailPublicKey[]> {
  if (!first) return [];
  const hour = 3_600_000;
  try {
    return await publicKeys(first.region, {
      since: first.at - 2 * hour,
      until: (names.at(-1)?.at ?? first.at) + hour,
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    unknowns.push({
      object: `AWSLogs/${first.account}/CloudTrail-Digest/${first.region}/`,
      why: error.message,
    });
    return [];
  }
}

/** A copy in a folder has lost the object's metadata; the digest after it holds the signature too. */
function judgeSignature(
  { name, read, result, signature }: Link,
  next: Link | undefined,
  keys: readonly TrailPublicKey[],
  faults: TrailFault[],
  unknowns: ChainResult['unknowns'],
): void {
  if (!read || result.state === 'invalid') return;
  const follows = withoutPrefix(next?.read?.digest.previousDigestS3Object ?? '') === name.key;
  const bySuccessor = follows ? next?.read?.digest.previousDigestSignature : undefined;
  const hex = signature ?? bySuccessor;
  const key = keys.find(
    ({ fingerprint }) => fingerprint === read.digest.digestPublicKeyFingerprint,
  );
  const doubt =
    read.digest.digestSignatureAlgorithm !== 'SHA256withRSA'
      ? `Its signature algorithm ${read.digest.digestSignatureAlgorithm} is not known.`
      : hex === undefined || hex === null
        ? 'Its signature is not at hand: it stands in the metadata of the object in the bucket, and in the next digest.'
        : key === undefined
          ? `CloudTrail's public key ${read.digest.digestPublicKeyFingerprint} is not at hand.`
          : undefined;
  if (doubt !== undefined || !hex || !key) {
    result.why = doubt ?? 'It could not be proven.';
    unknowns.push({ object: name.key, why: result.why });
    return;
  }
  if (isSigned(read, hex, key)) {
    result.state = 'valid';
    return;
  }
  const why = "Its signature is not one of CloudTrail's key over these bytes at this place.";
  faults.push({ kind: 'forged', file: 'digest', object: name.key, why, actual: read.hash });
  result.state = 'invalid';
  result.why = why;
}
