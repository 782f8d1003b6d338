import { useState } from 'react';
import { SendDialog, TextField } from '../../ui';

/** Asks for a reason, without which the thing is not done. */
export function ReasonDialog({
  title,
  description,
  action,
  onClose,
  onReason,
}: {
  title: string;
  description: string;
  action: string;
  onClose: () => void;
  /** Does it; the dialog closes when that is done. */
  onReason: (reason: string) => Promise<void>;
}) {
  const [reason, setReason] = useState('');
  return (
    <SendDialog
      title={title}
      description={description}
      action={action}
      disabled={reason.trim() === ''}
      send={() => onReason(reason.trim())}
      onDone={onClose}
      onClose={onClose}
    >
      <TextField label="Reason" value={reason} onChange={setReason} maxLength={500} />
    </SendDialog>
  );
}
