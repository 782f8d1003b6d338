import type { DigestResult } from '../../../shared/model/events/digestReport';
import { differing } from './differing';
import { fault, type Found, type Link } from './link';
import { readFileName, withoutPrefix, type TimeRange } from './trailFiles';

/** What is known of the digests that are not in the chain. */
export interface Surroundings {
  /** Keys of all digests that were seen, also outside the asked time. */
  readonly listed: ReadonlySet<string>;
  readonly range: TimeRange;
  readonly found: Found;
}

/** Whether a digest goes on where the one before it ended; gives the digest that is missing between. */
export function joinToOlder(
  link: Link,
  older: Link | undefined,
  around: Surroundings,
): DigestResult[] {
  const digest = link.read?.digest;
  if (!digest || link.result.state === 'invalid') return [];
  const previous = digest.previousDigestS3Object;
  if (!previous) {
    // As far as can be seen, validation was switched on here; late files need no predecessor.
    if (older && !link.name.backfill) restarted(link, older, around.found);
    return [];
  }
  const previousKey = withoutPrefix(previous) ?? previous;
  if (older && previousKey === older.name.key) {
    compare(link, older, around.found);
    return [];
  }
  // There, but outside the asked time, or it could not be read: told already.
  if (around.listed.has(previousKey)) return [];
  const { previousDigestS3Bucket: elsewhere, digestS3Bucket: here } = digest;
  if (elsewhere && elsewhere !== here) {
    around.found.unknowns.push({
      object: link.name.key,
      why: `The digest before it lies in another bucket, ${elsewhere}: validate that one too.`,
    });
    return [];
  }
  return older ? [missing(link, older, previousKey, around)] : first(link, previousKey, around);
}

function compare(link: Link, older: Link, found: Found): void {
  const expected = link.read?.digest.previousDigestHashValue ?? undefined;
  const actual = older.read?.hash;
  if (actual === undefined || expected === undefined || expected === actual) return;
  fault(
    older,
    found,
    'modified',
    'The digest after it names another hash: it was changed.',
    [
      { what: 'SHA-256 of the uncompressed file', expected, found: actual },
      { what: 'Named by digest', found: link.name.key },
    ],
    { expected, actual },
  );
}

/** A chain begins anew: its digest is sound, but nothing ties it to what was before. */
function restarted(link: Link, older: Link, { faults }: Found): void {
  const { start } = link.result;
  const gap = Date.parse(start) - Date.parse(older.result.end);
  const off =
    gap > 0
      ? `from ${older.result.end} to ${start}, ${Math.round(gap / 60_000)} minutes`
      : undefined;
  faults.push({
    kind: 'restarted',
    file: 'digest',
    object: link.name.key,
    why: 'Validation was begun anew here: nothing proves that no digest or log file before it was taken away.',
    differs: differing(
      { what: 'The digest before it', expected: older.name.key, found: 'none is named' },
      { what: 'Time without digests', found: off },
      { what: 'Covers', found: `${start} to ${link.result.end}` },
      { what: 'Last written', found: link.writtenAt },
    ),
  });
}

/** The oldest digest of the asked time names one that is not there. */
function first(link: Link, previousKey: string, around: Surroundings): DigestResult[] {
  const { since } = around.range;
  const at = readFileName(previousKey)?.at;
  if (since !== undefined) {
    const asked = at !== undefined && at > since;
    return asked ? [missing(link, undefined, previousKey, around)] : [];
  }
  around.found.unknowns.push({
    object: previousKey,
    why: `The oldest digest names this one before it, and it is not there: it was taken away, or has expired. Nothing before ${link.result.start} is proven.`,
  });
  return [];
}

function missing(
  link: Link,
  older: Link | undefined,
  previousKey: string,
  { found }: Surroundings,
): DigestResult {
  const why =
    'The digest after it names it, and it is not there (AWS may deliver late: look again in an hour).';
  const end = link.result.start;
  const at = readFileName(previousKey)?.at;
  const start = older?.result.end ?? (at === undefined ? end : new Date(at).toISOString());
  const { digest } = link.read ?? {};
  found.faults.push({
    kind: 'missing',
    file: 'digest',
    object: previousKey,
    namedBy: link.name.key,
    why,
    ...(digest?.previousDigestHashValue && { expected: digest.previousDigestHashValue }),
    differs: differing(
      { what: 'Place', expected: previousKey, found: 'nothing' },
      { what: 'SHA-256 of the uncompressed file', expected: digest?.previousDigestHashValue },
      { what: 'Signature', expected: digest?.previousDigestSignature },
      { what: 'Named by digest', found: link.name.key },
      { what: 'Nothing is proven', found: older && `from ${older.result.end} to ${end}` },
    ),
  });
  return {
    object: previousKey,
    start,
    end,
    state: 'missing',
    why,
    startsChain: false,
    logFiles: { named: 0, valid: 0, faulty: 0, unread: 0 },
  };
}
