import { useState } from 'react';
import type { Care, Target } from '../../../shared/model/readiness/people';
import { useClient } from '../../app';
import { LongText, SendDialog, TextField } from '../../ui';

/** Sets owner, due day and note; an empty field takes one away. */
export function AssignDialog({
  target,
  care,
  onClose,
  onDone,
}: {
  target: Target;
  care: Care | undefined;
  onClose: () => void;
  onDone: () => void;
}) {
  const { readiness } = useClient();
  const [owner, setOwner] = useState(care?.owner ?? '');
  const [due, setDue] = useState(care?.due ?? '');
  const [note, setNote] = useState(care?.note ?? '');
  return (
    <SendDialog
      title="Who takes care"
      action="Save"
      send={() =>
        readiness.assign({
          ...target,
          owner: owner.trim() || null,
          due: due.trim() || null,
          note: note.trim() || null,
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <TextField label="Owner" value={owner} onChange={setOwner} maxLength={200} />
      <TextField label="Due" type="date" value={due} onChange={setDue} />
      <LongText label="Note" rows={3} maxLength={4000} value={note} onChange={setNote} />
    </SendDialog>
  );
}
