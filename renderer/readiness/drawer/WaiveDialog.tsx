import { useState } from 'react';
import type { Target } from '../../../shared/model/readiness/people';
import { useClient } from '../../app';
import { LongText, SendDialog, TextField } from '../../ui';

/** Accepts a failure for a time, with a reason and the name of who approved it. */
export function WaiveDialog({
  target,
  onClose,
  onDone,
}: {
  target: Target;
  onClose: () => void;
  onDone: () => void;
}) {
  const { readiness } = useClient();
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState('');
  const [expires, setExpires] = useState('');
  const whole = reason.trim() !== '' && approver.trim() !== '' && expires !== '';
  return (
    <SendDialog
      title={target.subject === undefined ? 'Waive this check’s failures' : 'Waive this failure'}
      description="A waived failure still shows and still counts as one; it is no longer among the things to do. When the waiver ends it is again."
      action="Waive"
      disabled={!whole}
      send={() => readiness.waive({ ...target, reason, approver, expires })}
      onDone={onDone}
      onClose={onClose}
    >
      <LongText label="Reason" rows={3} maxLength={2000} value={reason} onChange={setReason} />
      <TextField label="Approved by" value={approver} onChange={setApprover} maxLength={200} />
      <TextField label="Until" type="date" value={expires} onChange={setExpires} />
    </SendDialog>
  );
}
