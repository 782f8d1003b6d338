import { BadgeCheck, Bird } from 'lucide-react';
import { useState } from 'react';
import type { Proof, Source } from '../../shared/model/envelope/jobs';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { useApp } from '../app';
import { useAnswer } from '../app/useAnswer';
import { Button, ErrorPanel, Loading, Part, TextField } from '../ui';
import { EnvelopeFacts } from './EnvelopeFacts';
import { ProofCard } from './ProofCard';
import { formatNames } from './words';

/** What an envelope says of itself, and the proof that it still opens. */
export function InspectPanel({ source }: { source: Source }) {
  const { client } = useApp();
  const { value: info, error } = useAnswer(
    (signal) => client.envelope.inspect({ source: source.id }, { signal }),
    source.id,
  );
  return (
    <aside
      aria-label="Envelope"
      className="w-[clamp(380px,38%,560px)] shrink-0 overflow-y-auto border-l bg-surface max-lg:w-auto max-lg:overflow-visible max-lg:border-t max-lg:border-l-0"
    >
      <header className="border-b px-4 py-3">
        <h2 className="truncate text-base font-semibold">{source.name}</h2>
        <p className="mt-0.5 text-xs text-ink-2">
          {info ? formatNames[info.format] : 'What it says of itself'}
        </p>
      </header>
      {error && (
        <div className="p-4">
          <ErrorPanel error={error} />
        </div>
      )}
      {!info && !error && <Loading label="Reading the envelope" />}
      {info && (
        <>
          <EnvelopeFacts info={info} />
          <ProofPart source={source} />
        </>
      )}
    </aside>
  );
}

function ProofPart({ source }: { source: Source }) {
  const { client, toaster } = useApp();
  const [expected, setExpected] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<{ proof?: Proof; error?: ErrorInfo }>({});
  const hash = expected.trim();
  const invalid = hash !== '' && !/^[0-9a-fA-F]{64}$/.test(hash);

  async function prove(): Promise<void> {
    setBusy(true);
    try {
      const proof = await client.envelope.prove({
        source: source.id,
        ...(hash !== '' && { expectedSha256: hash }),
      });
      setAnswer({ proof });
    } catch (error) {
      setAnswer({ error: toErrorInfo(error) });
    } finally {
      setBusy(false);
    }
  }

  async function register(): Promise<void> {
    try {
      await client.envelope.registerCanary({ source: source.id, note: source.name });
      toaster.add({ title: `${source.name} is a canary for drills now` });
    } catch (error) {
      const description = toErrorInfo(error).message;
      toaster.add({ title: 'Not registered', description, type: 'error' });
    }
  }

  return (
    <Part title="Does it still open?">
      <p className="mb-2 text-xs text-ink-2">
        Opens it without writing anything, tells which key material did it and whether that is the
        key’s present one, and compares the content’s hash.
      </p>
      <TextField
        label="Expected SHA-256 of the content, if you know it"
        value={expected}
        onChange={setExpected}
        error={invalid ? 'A SHA-256 has 64 hexadecimal digits.' : undefined}
      />
      <div className="mt-2 flex flex-wrap gap-2">
        <Button icon={BadgeCheck} busy={busy} disabled={invalid} onClick={() => void prove()}>
          Prove it
        </Button>
        {source.envelope === 'simple' && (
          <Button variant="ghost" icon={Bird} onClick={() => void register()}>
            Keep as a canary
          </Button>
        )}
      </div>
      <div className="mt-3">
        {answer.error && <ErrorPanel compact error={answer.error} />}
        {answer.proof && <ProofCard proof={answer.proof} />}
      </div>
    </Part>
  );
}
