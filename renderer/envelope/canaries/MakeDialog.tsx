import { useState } from 'react';
import type { KeyRef } from '../../../shared/model/key';
import { Button, Dialog, TextField } from '../../ui';
import { KeyChooser } from '../KeyChooser';

/** Asks of which key a canary is made. */
export function MakeDialog({
  onClose,
  onMake,
}: {
  onClose: () => void;
  onMake: (key: KeyRef, note: string) => void;
}) {
  const [keys, setKeys] = useState<readonly KeyRef[]>([]);
  const [note, setNote] = useState('');
  const [key] = keys;
  return (
    <Dialog
      open
      title="Make a canary"
      description="Random bytes are sealed under the key’s present material. Kept are the envelope and the hash of the bytes."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!key} onClick={() => key && onMake(key, note.trim())}>
            Make it
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <KeyChooser label="Key" chosen={keys} onChange={setKeys} max={1} />
        <TextField
          label="What it is for"
          value={note}
          onChange={setNote}
          maxLength={500}
          placeholder="Before the rotation of November"
        />
      </div>
    </Dialog>
  );
}
