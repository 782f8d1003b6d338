import { FolderOpen, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { DigestReport } from '../../shared/model/events/digestReport';
import { useApp } from '../app';
import { Badge, Button, EmptyState, Identifier, Progress, Time, VerdictBadge } from '../ui';
import { BucketDialog } from './BucketDialog';

/** Whether the log can be trusted: its files proven by the digests that CloudTrail signed. */
export function TrustView() {
  const { events } = useApp();
  const report = useStore(events, (state) => state.report);
  const validating = useStore(events, (state) => state.validating);
  const { validate, cancel } = events.getState();
  const [asking, setAsking] = useState(false);

  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Button icon={ShieldCheck} disabled={Boolean(validating)} onClick={() => setAsking(true)}>
          Validate a bucket
        </Button>
        <Button icon={FolderOpen} disabled={Boolean(validating)} onClick={() => void validate()}>
          Validate a folder
        </Button>
        {validating && (
          <>
            <div className="w-48">
              <Progress
                label="Validating log files"
                value={validating.expected > 0 ? validating.done : null}
                max={validating.expected}
              />
            </div>
            <span className="text-xs text-ink-2">
              {validating.expected === 0
                ? 'Listing the files'
                : `${validating.done.toLocaleString('en')} of ${validating.expected.toLocaleString('en')} files`}
            </span>
            <Button variant="ghost" onClick={cancel}>
              Cancel
            </Button>
          </>
        )}
      </div>
      {report && <Report report={report} />}
      {!report && !validating && (
        <EmptyState icon={ShieldCheck} title="Not validated yet">
          Every hour CloudTrail signs a digest that names its log files with their hashes.
          Validating proves that no file was changed or taken away. For a folder, a copy of the
          bucket, you are asked for CloudTrail’s public keys next.
        </EmptyState>
      )}
      {asking && (
        <BucketDialog
          title="Validate a bucket"
          action="Validate"
          onClose={() => setAsking(false)}
          onChoose={(place) => {
            setAsking(false);
            void validate(place);
          }}
        />
      )}
    </div>
  );
}

const stateTones = { valid: 'pass', unproven: 'unsure', invalid: 'fail', missing: 'fail' } as const;

function Report({ report }: { report: DigestReport }) {
  return (
    <>
      <div className="rounded-md border border-line bg-surface px-4 py-3">
        <p className="flex items-center gap-2 text-sm">
          <VerdictBadge value={report.verdict.value} />
          {report.verdict.reason}
        </p>
        <p className="mt-1 text-xs text-ink-3">
          {report.where}, as of <Time iso={report.asOf} precision="minute" zone />:{' '}
          {report.digests.toLocaleString('en')} digests, {report.logFiles.toLocaleString('en')} log
          files.
        </p>
      </div>
      {report.chains.map((chain) => (
        <section
          key={`${chain.account} ${chain.region} ${chain.trail}`}
          aria-label={`${chain.trail} in ${chain.region}`}
          className="mt-5"
        >
          <h2 className="text-sm font-semibold">
            {chain.trail}{' '}
            <span className="font-normal text-ink-3">
              {chain.account} {chain.region}
            </span>
          </h2>
          <Chain digests={chain.digests} />
          {chain.from && chain.to && (
            <p className="mt-1 flex justify-between text-xs text-ink-3">
              <Time iso={chain.from} precision="minute" />
              <span>a square is an hour; nothing is said of what lies outside</span>
              <Time iso={chain.to} precision="minute" />
            </p>
          )}
        </section>
      ))}
      <Findings
        title="Faults"
        tone="fail"
        items={report.faults.map((fault) => ({
          id: `${fault.kind} ${fault.object}`,
          word: fault.kind,
          ...fault,
        }))}
      />
      <Findings
        title="Not proven"
        tone="unsure"
        items={report.unknowns.map((unknown) => ({
          id: unknown.object,
          word: 'not proven',
          ...unknown,
        }))}
      />
    </>
  );
}

/** The digests of a chain in their order, a square each. */
function Chain({ digests }: { digests: DigestReport['chains'][number]['digests'] }) {
  const counts = (['valid', 'unproven', 'invalid', 'missing'] as const).flatMap((state) => {
    const count = digests.filter((digest) => digest.state === state).length;
    return count > 0 ? [`${count} ${state}`] : [];
  });
  return (
    <ol
      aria-label={`${digests.length} digests: ${counts.join(', ')}`}
      className="mt-2 flex flex-wrap gap-0.5"
    >
      {digests.map(({ object, state, end, why }) => (
        <li
          key={object}
          title={`${end}: ${state}${why ? `. ${why}` : ''}`}
          className={`size-2 rounded-[2px] ${squares[state]}`}
        />
      ))}
    </ol>
  );
}

const squares = {
  valid: 'bg-pass',
  unproven: 'bg-unsure-soft ring-1 ring-unsure ring-inset',
  invalid: 'bg-fail',
  missing: 'bg-surface ring-1 ring-fail ring-inset',
} as const;

interface Finding {
  readonly id: string;
  readonly word: string;
  readonly object: string;
  readonly why: string;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
}

function Findings({
  title,
  tone,
  items,
}: {
  title: string;
  tone: (typeof stateTones)[keyof typeof stateTones];
  items: readonly Finding[];
}) {
  if (items.length === 0) return null;
  return (
    <section className="mt-6" aria-label={title}>
      <h2 className="text-sm font-semibold">
        {title} <span className="font-normal text-ink-3">{items.length.toLocaleString('en')}</span>
      </h2>
      <ul className="mt-2 divide-y divide-line rounded-md border border-line bg-surface">
        {items.slice(0, 200).map((item) => (
          <li key={item.id} className="px-4 py-2 text-sm">
            <p className="flex items-center gap-2">
              <Badge tone={tone}>{item.word}</Badge>
              <Identifier value={item.object} label="Object" max={88} />
            </p>
            <p className="mt-1 text-ink-2">{item.why}</p>
            {item.expected && <p className="mt-0.5 font-mono text-xs">signed {item.expected}</p>}
            {item.actual && <p className="font-mono text-xs">found&nbsp; {item.actual}</p>}
          </li>
        ))}
      </ul>
      {items.length > 200 && (
        <p className="mt-1 text-xs text-ink-3">
          The first 200 are shown; “claviger trail validate --json” gives all.
        </p>
      )}
    </section>
  );
}
