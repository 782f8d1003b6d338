import { PackageCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DigestReport, TrailFault } from '../../shared/model/events/digestReport';
import { toErrorInfo } from '../../shared/model/errors';
import { useApp } from '../app';
import { Button, Time, VerdictBadge } from '../ui';
import { DigestTimeline } from './DigestTimeline';
import { Finding } from './Finding';

/** At most so many findings are shown. */
const most = 200;

/** What a validation has found: the verdict, a timeline for each chain, every fault, what is not proven. */
export function ValidationReport({ report }: { report: DigestReport }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLUListElement>(null);
  const faults = report.faults.slice(0, most).map((fault) => ({
    id: idOf(fault),
    ...fault,
  }));

  function toggle(id: string): void {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  }
  function showFault(fault: TrailFault): void {
    const id = idOf(fault);
    setOpened(new Set(opened).add(id));
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-finding]') ?? [])];
    const row = rows.find(({ dataset }) => dataset['finding'] === id);
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
  }

  return (
    <>
      <Summary report={report} />
      {report.chains.map((chain) => (
        <DigestTimeline
          key={`${chain.account} ${chain.region} ${chain.trail}`}
          chain={chain}
          faults={report.faults}
          since={report.since}
          until={report.until}
          onOpen={showFault}
        />
      ))}
      <section className="mt-6" aria-label="Faults" hidden={faults.length === 0}>
        <Heading title="Faults" count={report.faults.length} />
        <ul
          ref={list}
          className="mt-2 divide-y divide-line rounded-md border border-line bg-surface"
        >
          {faults.map(({ id, kind, object, why, differs }) => (
            <Finding
              key={id}
              id={id}
              tone="fail"
              word={kind}
              object={object}
              why={why}
              differs={differs}
              open={opened.has(id)}
              onToggle={() => toggle(id)}
            />
          ))}
        </ul>
        <Rest count={report.faults.length} />
      </section>
      {report.unknowns.length > 0 && (
        <section className="mt-6" aria-label="Not proven">
          <Heading title="Not proven" count={report.unknowns.length} />
          <ul className="mt-2 divide-y divide-line rounded-md border border-line bg-surface">
            {report.unknowns.slice(0, most).map(({ object, why }) => (
              <Finding
                key={`${object} ${why}`}
                id={object}
                tone="unsure"
                word="not proven"
                object={object}
                why={why}
              />
            ))}
          </ul>
          <Rest count={report.unknowns.length} />
        </section>
      )}
    </>
  );
}

function idOf({ kind, object }: TrailFault): string {
  return `${kind} ${object}`;
}

function Summary({ report }: { report: DigestReport }) {
  const { client, toaster } = useApp();
  const [writing, setWriting] = useState(false);

  async function write(): Promise<void> {
    setWriting(true);
    try {
      const written = await client.events.exportEvidence({ asOf: report.asOf });
      if (!written) return;
      const description = `${written.file}. SHA-256 ${written.sha256}`;
      toaster.add({ title: 'Evidence exported', description });
    } catch (failure) {
      const description = toErrorInfo(failure).message;
      toaster.add({ title: 'Not exported', description, type: 'error' });
    } finally {
      setWriting(false);
    }
  }

  return (
    <div className="flex flex-wrap items-start gap-3 rounded-md border border-line bg-surface px-4 py-3">
      <div className="min-w-72 flex-1">
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
      <Button
        icon={PackageCheck}
        busy={writing}
        disabled={report.digests === 0}
        title="A zip that openssl and sha256sum can check without Claviger"
        onClick={() => void write()}
      >
        Export evidence
      </Button>
    </div>
  );
}

function Heading({ title, count }: { title: string; count: number }) {
  return (
    <h2 className="text-sm font-semibold">
      {title} <span className="font-normal text-ink-3">{count.toLocaleString('en')}</span>
    </h2>
  );
}

function Rest({ count }: { count: number }) {
  if (count <= most) return null;
  return (
    <p className="mt-1 text-xs text-ink-3">
      The first {most} are shown; the exported evidence has all of them.
    </p>
  );
}
