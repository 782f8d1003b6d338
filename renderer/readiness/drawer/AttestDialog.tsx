import { useId, useState } from 'react';
import type { Check } from '../../../shared/model/readiness/check';
import { maxAttachmentBytes } from '../../../shared/model/readiness/people';
import { useClient } from '../../app';
import { SendDialog, TextField } from '../../ui';

/** Takes a person's word, with a file where there is one. */
export function AttestDialog({
  check,
  onClose,
  onDone,
}: {
  check: Check;
  onClose: () => void;
  onDone: () => void;
}) {
  const { readiness } = useClient();
  const [statement, setStatement] = useState('');
  const [by, setBy] = useState('');
  const [expires, setExpires] = useState('');
  const [file, setFile] = useState<File>();
  const fileId = useId();
  const large = file !== undefined && file.size > maxAttachmentBytes;
  const whole = statement.trim() !== '' && by.trim() !== '' && expires !== '' && !large;

  async function attest(): Promise<void> {
    const attached = file && {
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    };
    await readiness.attest({
      check: check.id,
      statement,
      by,
      expires,
      ...(attached && { file: attached }),
    });
  }

  return (
    <SendDialog
      title="Attest"
      description={check.question}
      action="Attest"
      disabled={!whole}
      send={attest}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label="What is attested"
        value={statement}
        onChange={setStatement}
        maxLength={4000}
      />
      <TextField label="By whom, with their office" value={by} onChange={setBy} maxLength={200} />
      <TextField label="Counts until" type="date" value={expires} onChange={setExpires} />
      <div>
        <label htmlFor={fileId} className="mb-1 block text-xs font-medium text-ink-2">
          File, 10 MiB at most
        </label>
        <input
          id={fileId}
          type="file"
          onChange={(event) => setFile(event.target.files?.[0])}
          className="text-sm"
        />
        {large && (
          <p role="alert" className="mt-1 text-xs text-danger">
            The file is too large: 10 MiB at most.
          </p>
        )}
      </div>
    </SendDialog>
  );
}
