import type {
  DigestReport,
  DigestResult,
  TrailFault,
} from '../../shared/model/events/digestReport';
import { cx, Time } from '../ui';

type Chain = DigestReport['chains'][number];

/** What a square says: the worst of the digest itself, its link to the one before, and its log files. */
type Look = 'valid' | 'unproven' | 'restarted' | 'modified' | 'missing';

/** The digests of a chain in their order, a square each; one with a fault opens it. */
export function DigestTimeline({
  chain,
  faults,
  since,
  until,
  onOpen,
}: {
  chain: Chain;
  faults: readonly TrailFault[];
  since: string | undefined;
  until: string | undefined;
  onOpen: (fault: TrailFault) => void;
}) {
  const byDigest = new Map<string, TrailFault[]>();
  for (const fault of faults) {
    const digest = (fault.file === 'log' ? fault.namedBy : undefined) ?? fault.object;
    byDigest.set(digest, [...(byDigest.get(digest) ?? []), fault]);
  }
  const squares = chain.digests.map((digest) => {
    const own = byDigest.get(digest.object) ?? [];
    return { digest, look: lookOf(digest, own), fault: own[0] };
  });
  const counts = looks.flatMap((look) => {
    const count = squares.filter((square) => square.look === look).length;
    return count > 0 ? [{ look, count }] : [];
  });
  return (
    <section aria-label={`${chain.trail} in ${chain.region}`} className="mt-5">
      <h2 className="text-sm font-semibold">
        {chain.trail}{' '}
        <span className="font-normal text-ink-3">
          {chain.account} {chain.region}
        </span>
      </h2>
      <ol
        aria-label={`${squares.length} digests: ${counts.map(({ look, count }) => `${count} ${words[look]}`).join(', ')}`}
        className="mt-2 flex flex-wrap gap-0.5"
      >
        {squares.map(({ digest, look, fault }) => (
          <Square
            key={digest.object}
            digest={digest}
            look={look}
            onOpen={fault && (() => onOpen(fault))}
          />
        ))}
      </ol>
      {chain.from && chain.to && (
        <p className="mt-1 flex justify-between gap-3 text-xs text-ink-3">
          <Time iso={chain.from} precision="minute" />
          <span>
            a square is a digest, which covers an hour; nothing is said of what lies outside
          </span>
          <Time iso={chain.to} precision="minute" />
        </p>
      )}
      <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
        {counts.map(({ look, count }) => (
          <span key={look} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={cx('size-2 rounded-[2px]', fills[look])} />
            {count.toLocaleString('en')} {words[look]}
          </span>
        ))}
        {chain.outside > 0 && (
          <span>
            {chain.outside.toLocaleString('en')} outside the asked time
            {since && `, from ${since.slice(0, 16).replace('T', ' ')} UTC`}
            {until && `, to ${until.slice(0, 16).replace('T', ' ')} UTC`}: not judged
          </span>
        )}
      </p>
    </section>
  );
}

const looks: readonly Look[] = ['valid', 'modified', 'missing', 'restarted', 'unproven'];
const words: Readonly<Record<Look, string>> = {
  valid: 'valid',
  modified: 'modified',
  missing: 'missing',
  restarted: 'restarted',
  unproven: 'not proven',
};
const fills: Readonly<Record<Look, string>> = {
  valid: 'bg-pass',
  modified: 'bg-fail',
  missing: 'bg-surface ring-1 ring-fail ring-inset',
  restarted: 'bg-stale',
  unproven: 'bg-unsure-soft ring-1 ring-unsure ring-inset',
};

function Square({
  digest,
  look,
  onOpen,
}: {
  digest: DigestResult;
  look: Look;
  onOpen: (() => void) | undefined;
}) {
  const { end, why, logFiles } = digest;
  const files = logFiles.faulty > 0 ? ` ${logFiles.faulty} of its log files are not in order.` : '';
  const title = `${end}: ${words[look]}.${why ? ` ${why}` : ''}${files}`;
  const square = cx('block size-2 rounded-[2px]', fills[look]);
  if (!onOpen) return <li title={title} className={square} />;
  return (
    <li>
      {/* The list of faults says and opens the same: the square is a short way for who points at it. */}
      <button type="button" title={title} aria-label={title} onClick={onOpen} className={square} />
    </li>
  );
}

/** @param own the faults of the digest and of the log files that it names */
function lookOf(digest: DigestResult, own: readonly TrailFault[]): Look {
  const kinds = new Set(own.map(({ kind }) => kind));
  if (digest.state === 'missing' || kinds.has('missing')) return 'missing';
  if (digest.state === 'invalid' || digest.logFiles.faulty > 0) return 'modified';
  return kinds.has('restarted') ? 'restarted' : digest.state;
}
