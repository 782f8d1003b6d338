import { useState } from 'react';
import { Button, Dialog, TextField } from '../../ui';

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
  onReason: (reason: string) => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <Dialog
      open
      title={title}
      description={description}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={reason.trim() === ''}
            onClick={() => onReason(reason.trim())}
          >
            {action}
          </Button>
        </>
      }
    >
      <TextField label="Reason" value={reason} onChange={setReason} maxLength={500} />
    </Dialog>
  );
}
