import type { DigestReport, TrailFault } from '../../../shared/model/events/digestReport';
import { AppError } from '../../../shared/model/errors';
import type { TrailPublicKey } from './digestFile';
import type { EvidenceIndex } from './evidence/evidenceIndex';
import { joinToOlder } from './joinLinks';
import { readLink, type Found, type Link } from './link';
import { checkLogFiles } from './logFiles';
import { judgeSignature } from './signature';
import type { TimeRange, TrailFileName, TrailFiles } from './trailFiles';
import { whyNot } from './whyNot';

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
  /** Takes what the evidence is made of. */
  readonly evidence?: EvidenceIndex | undefined;
}

export interface ChainResult {
  readonly chain: DigestReport['chains'][number];
  readonly faults: TrailFault[];
  readonly unknowns: DigestReport['unknowns'];
  /** Keys of the log files that its digests name. */
  readonly named: ReadonlySet<string>;
  readonly bytes: number;
}

/**
 * Walks the digests of one trail in one Region from the oldest to the newest: each must be named,
 * hashed and signed by the one after it, and signed itself. Digests of late files (`_backfill`) make
 * a chain of their own.
 */
export async function validateChain(
  names: readonly TrailFileName[],
  tools: ChainTools,
): Promise<ChainResult> {
  const { range } = tools;
  const found: Found = { faults: [], unknowns: [] };
  const named = new Set<string>();
  const links: Link[] = [];
  let bytes = 0;

  const inRange = names
    .filter(({ at }) => at > (range.since ?? -Infinity) && at <= (range.until ?? Infinity))
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  for (const name of inRange) {
    if (tools.signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    const link = await readLink(name, tools, found);
    tools.step();
    if (link) links.push(link);
  }

  const hourly = links.filter(({ name }) => !name.backfill);
  const late = links.filter(({ name }) => name.backfill);
  const around = { listed: new Set(names.map(({ key }) => key)), range, found };
  const missing = [hourly, late].flatMap((chain) =>
    chain.flatMap((link, i) => joinToOlder(link, chain[i - 1], around)),
  );
  const keys = await publicKeysOf(links, tools, found);
  for (const chain of [hourly, late]) {
    for (const [i, link] of chain.entries()) {
      const judged = judgeSignature(link, chain[i + 1], keys, found);
      tools.evidence?.add(link, judged);
      if (!link.read || link.result.state === 'invalid') continue;
      const checked = await checkLogFiles(link.read.digest, tools, found.faults, found.unknowns);
      link.result.logFiles = checked.counts;
      bytes += checked.bytes;
      for (const key of checked.keys) named.add(key);
    }
  }

  const digests = [...links.map(({ result }) => result), ...missing].sort((a, b) =>
    a.end < b.end ? -1 : 1,
  );
  const { account = '', region = '', trail = '' } = names[0] ?? {};
  return {
    chain: {
      account,
      region,
      trail,
      digests,
      ...(digests[0] && { from: digests[0].start, to: digests.at(-1)?.end ?? '' }),
      outside: names.length - inRange.length,
    },
    ...found,
    named,
    bytes,
  };
}

const hourMs = 3_600_000;

async function publicKeysOf(
  links: readonly Link[],
  { publicKeys }: ChainTools,
  { unknowns }: Found,
): Promise<readonly TrailPublicKey[]> {
  const [first] = links;
  if (!first) return [];
  const { account, region, at } = first.name;
  const newest = Math.max(...links.map(({ name, generatedAt }) => generatedAt ?? name.at));
  try {
    return await publicKeys(region, { since: at - 2 * hourMs, until: newest + hourMs });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    unknowns.push({
      object: `AWSLogs/${account}/CloudTrail-Digest/${region}/`,
      ...whyNot(error),
    });
    return [];
  }
}
