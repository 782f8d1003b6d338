import type { DigestReport } from '../../../shared/model/events/digestReport';
import type { Verdict } from '../../../shared/model/verdict';
import { validateChain, type ChainResult, type ChainTools } from './chain';
import { readFileName, type TimeRange, type TrailFileName, type TrailFiles } from './trailFiles';
import type { TrailPublicKey } from './digestFile';
import type { EvidenceIndex } from './evidence/evidenceIndex';
import { unprovenEnds } from './unprovenEnds';

export interface ValidateOptions {
  readonly files: TrailFiles;
  readonly range: TimeRange;
  /** CloudTrail's public keys of a Region; throws AppError where they cannot be had. */
  readonly publicKeys: (region: string, range: TimeRange) => Promise<readonly TrailPublicKey[]>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Files read so far and known of; `expected` grows while digests are being read. */
  readonly progress?: (done: number, expected: number) => void;
  /** Takes what the evidence is made of. */
  readonly evidence?: EvidenceIndex | undefined;
}

/**
 * Validates log files by their digests, as CloudTrail's user guide has it ("Custom implementations of
 * CloudTrail log file integrity validation"): every digest's signature, its place, its link to the one
 * before, and the hash of every log file that it names. Reads nothing twice; log files never stay in
 * memory. Throws AppError where the files cannot be listed at all, and `cancelled`.
 */
export async function validateTrail(options: ValidateOptions): Promise<DigestReport> {
  const { files, range, signal } = options;
  const digests = new Map<string, TrailFileName[]>();
  const logs = new Map<string, TrailFileName>();
  for await (const key of files.list(range, signal)) {
    const name = readFileName(key);
    if (name?.kind === 'digest') {
      const chain = `${name.account} ${name.region} ${name.trail}`;
      digests.set(chain, [...(digests.get(chain) ?? []), name]);
    } else if (name) logs.set(key, name);
  }

  let done = 0;
  let expected = [...digests.values()].reduce((sum, chain) => sum + chain.length, 0);
  const tools: ChainTools = {
    ...options,
    expect: (count) => (expected += count),
    step: () => options.progress?.((done += 1), expected),
  };
  const results: ChainResult[] = [];
  for (const chain of digests.values()) results.push(await validateChain(chain, tools));

  const faults = results.flatMap((result) => result.faults);
  const now = options.now();
  const unknowns = [
    ...results.flatMap((result) => result.unknowns),
    ...unprovenEnds(results, { range, now, isBucket: files.bucket !== undefined }),
    ...unnamed(results, logs),
  ];
  const sum = (count: (result: ChainResult) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  return {
    where: files.where,
    ...(range.since !== undefined && { since: new Date(range.since).toISOString() }),
    ...(range.until !== undefined && { until: new Date(range.until).toISOString() }),
    asOf: now.toISOString(),
    chains: results.map((result) => result.chain),
    faults,
    unknowns,
    digests: sum((result) => result.chain.digests.length),
    logFiles: sum((result) => result.named.size),
    bytes: sum((result) => result.bytes),
    verdict: verdictOf(results, faults.length, unknowns.length),
  };
}

/**
 * Delivery takes up to a quarter of an hour, and a digest closes an hour: so long may a log file wait,
 * and so long after its begin may a chain leave out files of before.
 */
const waitMs = 90 * 60_000;

/**
 * Log files within the time of the digests that none of them names. A trail without validation puts
 * such files there too, so they are no proof of a hand that does not belong there.
 */
function unnamed(results: readonly ChainResult[], logs: ReadonlyMap<string, TrailFileName>) {
  const named = new Set(results.flatMap((result) => [...result.named]));
  const covered = new Map<string, { from: number; to: number }>();
  for (const { chain } of results) {
    if (chain.from === undefined || chain.to === undefined) continue;
    const place = `${chain.account} ${chain.region}`;
    const before = covered.get(place);
    covered.set(place, {
      from: Math.min(before?.from ?? Infinity, Date.parse(chain.from)),
      to: Math.max(before?.to ?? -Infinity, Date.parse(chain.to)),
    });
  }
  return [...logs.values()].flatMap(({ key, account, region, at }) => {
    const time = covered.get(`${account} ${region}`);
    if (!time || named.has(key) || at < time.from + waitMs || at > time.to - waitMs) return [];
    return [
      {
        object: key,
        why: 'No digest names this log file: its digest is gone, it comes from a trail without validation, or someone else put it there.',
      },
    ];
  });
}

function verdictOf(results: readonly ChainResult[], faults: number, unknowns: number): Verdict {
  const digests = results.reduce((sum, { chain }) => sum + chain.digests.length, 0);
  if (faults > 0) {
    return {
      value: 'fail',
      reason: `${count(faults, 'fault')} in ${count(digests, 'digest')}: the log is not what CloudTrail wrote, or not all of it.`,
    };
  }
  if (digests === 0) {
    return {
      value: 'cannot-tell',
      reason: 'There is no digest file for this time: nothing proves the log files.',
      remedy: 'Switch log file validation on for the trail; digests come within an hour.',
    };
  }
  if (unknowns > 0) {
    return {
      value: 'cannot-tell',
      reason: `${count(unknowns, 'file')} could not be proven; no fault was found in the others.`,
    };
  }
  return {
    value: 'pass',
    reason: `${count(digests, 'digest')} and every log file that they name are as CloudTrail signed them.`,
  };
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
