import { Plus } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import type { ReadinessSettings } from '../../shared/model/readiness/settings';
import { trustedIdOf, trustedProblem, type Trusted } from '../../shared/model/readiness/trusted';
import { useApp } from '../app';
import { usePlace } from '../app/location';
import { useAnswer } from '../app/useAnswer';
import { Button, ErrorPanel, Loading, Section, TextField, Time } from '../ui';
import { Row, Rows } from './Rows';

/** Accounts and organisations that key policies and grants may let in. */
export function TrustSection() {
  const { client, readiness } = useApp();
  const { value, error, retry } = useAnswer(() => client.readiness.settings());
  const [changed, setChanged] = useState<ReadinessSettings>();
  const [failure, setFailure] = useState<ErrorInfo>();
  const [busy, setBusy] = useState(false);
  const here = useRef<HTMLDivElement>(null);
  const trusted = (changed ?? value)?.trustedAccounts;

  // Links of the checklist lead to this part of a long page.
  const isMeant = new URLSearchParams(usePlace().search).get('at') === 'trusted';
  const isThere = trusted !== undefined;
  useEffect(() => {
    if (!isMeant || !isThere) return;
    here.current?.scrollIntoView({ block: 'center' });
    here.current?.querySelector('input')?.focus({ preventScroll: true });
  }, [isMeant, isThere]);

  /** Whether it was kept. */
  async function send(change: () => Promise<ReadinessSettings>): Promise<boolean> {
    setBusy(true);
    setFailure(undefined);
    try {
      setChanged(await change());
      await readiness.getState().load();
      return true;
    } catch (thrown) {
      setFailure(toErrorInfo(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  }

  async function remove(id: string): Promise<void> {
    const removed = await send(() => client.readiness.stopTrusting({ id }));
    // The button that was pressed is gone.
    if (removed) here.current?.querySelector('input')?.focus();
  }

  return (
    <Section
      title="Trusted accounts"
      description="Accounts and organisations outside the chosen ones that key policies and grants may let in. Whoever else is let in fails the checklist. Removing one judges the checklist anew; no key changes."
    >
      <div ref={here}>
        {(error ?? failure) && (
          <div className="mb-3">
            <ErrorPanel
              error={(error ?? failure) as ErrorInfo}
              {...(error && { onRetry: retry })}
            />
          </div>
        )}
        {!trusted && !error && <Loading label="Reading the trusted accounts" />}
        {trusted && (
          <>
            <Rows>
              {trusted.length === 0 && (
                <Row label="None" hint="Nobody outside is trusted.">
                  {null}
                </Row>
              )}
              {trusted.map((one) => (
                <TrustedRow
                  key={one.id}
                  trusted={one}
                  busy={busy}
                  onRemove={() => void remove(one.id)}
                />
              ))}
            </Rows>
            <TrustForm
              trusted={trusted}
              busy={busy}
              onTrust={(id, why) => send(() => client.readiness.trust({ id, why }))}
            />
          </>
        )}
      </div>
    </Section>
  );
}

function TrustedRow({
  trusted: { id, why, by, since },
  busy,
  onRemove,
}: {
  trusted: Trusted;
  busy: boolean;
  onRemove: () => void;
}) {
  return (
    <Row
      label={<span className="font-mono text-ink select-text">{id}</span>}
      hint={
        <>
          <span className="block break-words">{why}</span>
          <span className="block">
            Declared by {by}, <Time iso={since} />
          </span>
        </>
      }
    >
      <Button busy={busy} aria-label={`Remove ${id}`} onClick={onRemove}>
        Remove
      </Button>
    </Row>
  );
}

function TrustForm({
  trusted,
  busy,
  onTrust,
}: {
  trusted: readonly Trusted[];
  busy: boolean;
  /** Gives whether it was kept. */
  onTrust: (id: string, why: string) => Promise<boolean>;
}) {
  const [text, setText] = useState('');
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = trustedIdOf(text);
  const idProblem = trustedProblem(id, trusted);
  const whyProblem = why.trim() === '' ? 'Say who vouches for it, and why.' : undefined;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (idProblem !== undefined || whyProblem !== undefined) {
      const [first, second] = form.current?.querySelectorAll('input') ?? [];
      (idProblem !== undefined ? first : second)?.focus();
      return;
    }
    if (!(await onTrust(id, why.trim()))) return;
    setText('');
    setWhy('');
    setTried(false);
    form.current?.querySelector('input')?.focus();
  }

  return (
    <form
      ref={form}
      className="mt-3 flex items-start gap-3"
      onSubmit={(event) => void submit(event)}
    >
      <TextField
        className="w-64 shrink-0"
        label="Account or organisation"
        placeholder="444455556666 or o-example1234"
        value={text}
        onChange={setText}
        error={tried ? idProblem : undefined}
        maxLength={60}
      />
      <TextField
        className="min-w-0 flex-1"
        label="Who says so, and why"
        value={why}
        onChange={setWhy}
        error={tried ? whyProblem : undefined}
        maxLength={500}
      />
      <Button type="submit" icon={Plus} busy={busy} className="mt-5 shrink-0">
        Trust
      </Button>
    </form>
  );
}
