import type { DigestReport } from '../../../shared/model/events/digestReport';
import type { ChainResult } from './chain';
import type { TimeRange } from './trailFiles';

/** A digest closes an hour and comes within the next; later than this, one is overdue. */
const overdueMs = 3 * 3_600_000;
/** What a digest covers: of digests that end by a time the newest ends at most so long before it. */
const coveredMs = 3_600_000;

/**
 * Where the digests do not reach over the asked time, no chain shows it: whoever takes the newest
 * digests away, or switches validation off, leaves a chain that is whole. In a bucket the newest
 * digest should be of now; a copy in a folder says nothing of what came after it was made.
 */
export function unprovenEnds(
  results: readonly ChainResult[],
  { range, now, isBucket }: { range: TimeRange; now: Date; isBucket: boolean },
): DigestReport['unknowns'] {
  const askedTo = Math.min(
    range.until ?? (isBucket ? now.getTime() : -Infinity),
    now.getTime(), // nothing can be proven of what is to come
  );
  const dueTo = Math.min(
    range.until === undefined ? askedTo : askedTo - coveredMs,
    now.getTime() - overdueMs,
  );
  return results.flatMap(({ chain }) => {
    const { account, region, trail, from, to, digests, outside } = chain;
    const place = `AWSLogs/${account}/CloudTrail-Digest/${region}/ (${trail})`;
    if (from === undefined || to === undefined) {
      const why = `None of its ${outside} digests lies in the asked time: nothing proves it.`;
      return [{ object: place, why }];
    }
    const unknowns: DigestReport['unknowns'] = [];
    if (range.since !== undefined && Date.parse(from) > range.since) {
      const asked = new Date(range.since).toISOString();
      const why = `The oldest digest begins at ${from}: nothing proves the time from ${asked} to it. Validation was off, or digests were taken away.`;
      unknowns.push({ object: digests[0]?.object ?? place, why });
    }
    if (Date.parse(to) < dueTo) {
      const asked = new Date(askedTo).toISOString();
      const why = `The newest digest ends at ${to}: nothing proves the time from it to ${asked}. Validation was switched off, or digests were taken away.`;
      unknowns.push({ object: digests.at(-1)?.object ?? place, why });
    }
    return unknowns;
  });
}
