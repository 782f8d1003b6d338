import { useId, useState } from 'react';
import type { Check } from '../../../shared/model/readiness/check';
import { maxAttachmentBytes } from '../../../shared/model/readiness/people';
import { useClient } from '../../app';
import { LongText, SendDialog, TextField } from '../../ui';

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
      <LongText
        label="What is attested"
        rows={4}
        maxLength={4000}
        value={statement}
        onChange={setStatement}
      />
      <TextField label="By whom, with their office" value={by} onChange={setBy} maxLength={200} />
      <TextField label="Counts until" type="date" value={expires} onChange={setExpires} />
      <div>
        <label htmlFor={fileId} className="mb-1 block text-xs font-medium text-ink-2">
          File, 10 MiB at most (may be left out)
        </label>
        <input
          id={fileId}
          type="file"
          onChange={(event) => setFile(event.target.files?.[0])}
          className="w-full text-sm text-ink-2 file:mr-3 file:h-control file:rounded-md file:border file:border-solid file:border-line-strong file:bg-surface file:px-3 file:text-sm file:font-medium file:text-ink"
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
