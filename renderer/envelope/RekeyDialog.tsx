import { useState } from 'react';
import type { KeyRef } from '../../shared/model/key';
import { Button, Dialog } from '../ui';
import { KeyChooser } from './KeyChooser';

/** Asks for the keys that shall open envelopes from now on. */
export function RekeyDialog({
  count,
  onClose,
  onChoose,
}: {
  count: number;
  onClose: () => void;
  onChoose: (keys: readonly KeyRef[]) => void;
}) {
  const [keys, setKeys] = useState<readonly KeyRef[]>([]);
  return (
    <Dialog
      open
      onClose={onClose}
      title={count > 1 ? `Put ${count} envelopes under another key` : 'Put under another key'}
      description="For a simple envelope KMS re-encrypts the data key alone (ReEncrypt): the content is not touched. An AWS Encryption SDK message is decrypted and encrypted anew. The old envelope stays, unless files of the same name may be written over."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={keys.length === 0} onClick={() => onChoose(keys)}>
            Re-key
          </Button>
        </>
      }
    >
      <KeyChooser label="New keys" chosen={keys} onChange={setKeys} />
    </Dialog>
  );
}
