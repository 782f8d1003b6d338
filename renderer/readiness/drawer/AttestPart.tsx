import { Download, FilePlus } from 'lucide-react';
import { useState } from 'react';
import type { Check } from '../../../shared/model/readiness/check';
import type { Attestation } from '../../../shared/model/readiness/people';
import { toErrorInfo } from '../../../shared/model/errors';
import { useApp } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { Badge, Button, ErrorPanel, Identifier, Part, SendDialog, TextField } from '../../ui';
import { AttestDialog } from './AttestDialog';

/** A person's word is the evidence: what was attested, by whom, until when, with which paper. */
export function AttestPart({
  check,
  turn,
  onChanged,
}: {
  check: Check;
  turn: number;
  onChanged: () => void;
}) {
  const { client, toaster } = useApp();
  const [attesting, setAttesting] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Attestation>();
  const { value, error } = useAnswer(
    (signal) => client.readiness.attestations({ check: check.id }, { signal }),
    `${check.id} ${turn}`,
  );

  async function save(id: string): Promise<void> {
    try {
      const written = await client.readiness.saveAttachment({ id });
      if (written) toaster.add({ title: 'The file is saved', description: written.file });
    } catch (failure) {
      const description = toErrorInfo(failure).message;
      toaster.add({ title: 'Not saved', description, type: 'error' });
    }
  }

  return (
    <Part title="Attested">
      {error && <ErrorPanel compact error={error} />}
      {value?.length === 0 && (
        <p className="text-sm text-ink-2">Nobody has attested it yet. No program can see this.</p>
      )}
      <ul className="space-y-2">
        {value?.map((attestation) => (
          <li key={attestation.id} className="rounded-md border border-line px-3 py-2">
            <p className="text-sm">{attestation.statement}</p>
            <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-3">
              <span>
                {attestation.by}, until {attestation.expires}
              </span>
              {attestation.withdrawn && (
                <Badge tone="stale">withdrawn: {attestation.withdrawn.reason}</Badge>
              )}
            </p>
            {attestation.attachment && (
              <p className="mt-1 flex flex-wrap items-center gap-2 text-xs">
                <Button
                  icon={Download}
                  title={attestation.attachment.name}
                  onClick={() => void save(attestation.id)}
                  className="max-w-full min-w-0 shrink"
                >
                  <span className="truncate">{attestation.attachment.name}</span>
                </Button>
                <Identifier value={attestation.attachment.sha256} label="SHA-256" max={24} />
              </p>
            )}
            {!attestation.withdrawn && (
              <Button className="mt-2" onClick={() => setWithdrawing(attestation)}>
                Withdraw
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button className="mt-2" icon={FilePlus} onClick={() => setAttesting(true)}>
        Attest
      </Button>
      {attesting && (
        <AttestDialog
          check={check}
          onClose={() => setAttesting(false)}
          onDone={() => {
            setAttesting(false);
            onChanged();
          }}
        />
      )}
      {withdrawing && (
        <WithdrawDialog
          id={withdrawing.id}
          onClose={() => setWithdrawing(undefined)}
          onDone={() => {
            setWithdrawing(undefined);
            onChanged();
          }}
        />
      )}
    </Part>
  );
}

function WithdrawDialog({
  id,
  onClose,
  onDone,
}: {
  id: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { client } = useApp();
  const [reason, setReason] = useState('');
  return (
    <SendDialog
      title="Withdraw this attestation"
      description="It stays in the history, and no longer counts."
      action="Withdraw"
      danger
      disabled={reason.trim() === ''}
      send={() => client.readiness.withdraw({ id, reason })}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField label="Reason" value={reason} onChange={setReason} maxLength={2000} />
    </SendDialog>
  );
}
