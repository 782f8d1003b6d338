import { useState } from 'react';
import { useStore } from 'zustand';
import type { FoundSecret } from '../../../../shared/model/secrets';
import { useApp } from '../../../app';
import { SendDialog, TextField } from '../../../ui';

/** Declares that a finding is no secret, with the reason that the journal keeps. */
export function IgnoreDialog({ finding, onClose }: { finding: FoundSecret; onClose: () => void }) {
  const { secrets } = useApp();
  const { ignoreFinding } = useStore(secrets);
  const [reason, setReason] = useState('');
  return (
    <SendDialog
      title="Ignore this finding"
      description="For what is no secret: an example, a value of the tests. This value in this file does not count any more; another value in its place does. To accept a real secret for a time, waive the check."
      action="Ignore"
      disabled={reason.trim() === ''}
      send={() => ignoreFinding(finding, reason)}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="font-mono text-xs break-all">
        {finding.file}:{finding.line}
      </p>
      <TextField label="Reason" value={reason} onChange={setReason} maxLength={2000} />
    </SendDialog>
  );
}
