import { Check, Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import type { Alert } from '../../../shared/model/events/findings';
import { useApp } from '../../app';
import { Button, ErrorPanel, TextField, Time } from '../../ui';

/** Sets the alert aside with a note, or opens it again. */
export function AcknowledgePart({ alert }: { alert: Alert }) {
  const { watch, toaster } = useApp();
  const acknowledge = useStore(watch, (state) => state.acknowledge);
  const unacknowledge = useStore(watch, (state) => state.unacknowledge);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  const heading = useId();
  const written = note.trim();

  async function run(work: () => Promise<void>, done: string): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      setNote('');
      toaster.add({ title: done, description: 'The journal has it.' });
    } catch (failure) {
      setError(toErrorInfo(failure));
    } finally {
      setBusy(false);
    }
  }

  const { acknowledged } = alert;
  return (
    <section aria-labelledby={heading} className="border-b px-4 py-3">
      <h3 id={heading} className="mb-2 label-text">
        {acknowledged ? 'Acknowledged' : 'Acknowledge'}
      </h3>
      {acknowledged ? (
        <>
          <p className="text-sm break-words select-text">{acknowledged.note}</p>
          <p className="mt-1 mb-2 text-xs text-ink-3">
            {acknowledged.by}, <Time iso={acknowledged.at} precision="minute" />
          </p>
          <Button
            icon={Undo2}
            busy={busy}
            onClick={() => void run(() => unacknowledge(alert), 'The alert is open again')}
          >
            Open again
          </Button>
        </>
      ) : (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (written !== '') void run(() => acknowledge(alert, written), 'Acknowledged');
          }}
        >
          <TextField
            label="Note: what you found out"
            value={note}
            maxLength={400}
            onChange={setNote}
            className="min-w-0 flex-1"
          />
          <Button type="submit" icon={Check} busy={busy} disabled={written === ''}>
            Acknowledge
          </Button>
        </form>
      )}
      {error && (
        <div className="mt-2">
          <ErrorPanel compact error={error} />
        </div>
      )}
    </section>
  );
}
