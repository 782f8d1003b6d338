import { useState } from 'react';
import { useStore } from 'zustand';
import type { FoundSecret } from '../../../../shared/model/secrets';
import { useApp } from '../../../app';
import { Button, Dialog, ErrorPanel, TextField } from '../../../ui';
import { useSend } from '../../drawer/useSend';

/** Declares that a finding is no secret, with the reason that the journal keeps. */
export function IgnoreDialog({ finding, onClose }: { finding: FoundSecret; onClose: () => void }) {
  const { secrets } = useApp();
  const { ignoreFinding } = useStore(secrets);
  const [reason, setReason] = useState('');
  const { busy, error, send } = useSend(onClose);
  return (
    <Dialog
      open
      title="Ignore this finding"
      description="For what is no secret: an example, a value of the tests. This value in this file does not count any more; another value in its place does. To accept a real secret for a time, waive the check."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={reason.trim() === ''}
            onClick={() => send(() => ignoreFinding(finding, reason))}
          >
            Ignore
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {error && <ErrorPanel compact error={error} />}
        <p className="font-mono text-xs break-all">
          {finding.file}:{finding.line}
        </p>
        <TextField label="Reason" value={reason} onChange={setReason} maxLength={2000} />
      </div>
    </Dialog>
  );
}
