import { useId, useRef, useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { useApp, useClient } from '../../app';
import { Button, Dialog, ErrorPanel } from '../../ui';
import { useAnswer } from '../../app/useAnswer';
import { ProblemLines, type LineProblem } from './ProblemLines';

const title = 'Own policy for endpoints';

/** The operator's own policy file: what must be and what must not. Each of its rules is a row of every report. */
export function PolicyDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const { value, error, retry } = useAnswer((signal) => client.tls.policyFile({}, { signal }));
  if (value) return <Editor text={value.text} problems={value.problems} onClose={onClose} />;
  // It comes from the database: before it is there, there is nothing worth a frame.
  if (!error) return null;
  return (
    <Dialog open onClose={onClose} title={title}>
      <ErrorPanel error={error} onRetry={retry} />
    </Dialog>
  );
}

function Editor({
  text: kept,
  problems: first,
  onClose,
}: {
  text: string;
  problems: readonly LineProblem[];
  onClose: () => void;
}) {
  const { client, toaster } = useApp();
  const [text, setText] = useState(kept);
  const [problems, setProblems] = useState(first);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  async function save(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await client.tls.policyFile({ set: text });
      setProblems(answer.problems);
      if (answer.problems.length > 0) return;
      toaster.add({
        title: 'Policy saved',
        description: 'It counts from the next scan of each endpoint.',
      });
      onClose();
    } catch (thrown) {
      setError(toErrorInfo(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      initialFocus={area}
      title={title}
      description="YAML: what every endpoint must have, and what it must not. Each rule becomes a row of the report."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={text === kept && problems.length === 0}
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {error && <ErrorPanel compact error={error} />}
        <label htmlFor={id} className="sr-only">
          Policy in YAML
        </label>
        <textarea
          ref={area}
          id={id}
          value={text}
          onChange={({ target }) => setText(target.value.slice(0, 200_000))}
          spellCheck={false}
          rows={18}
          aria-invalid={problems.length > 0 || undefined}
          className="w-full resize-y rounded-md outline-offset-[-2px] border border-control-line bg-surface p-2.5 font-mono text-xs leading-[18px] text-ink select-text placeholder:text-ink-3"
        />
        <ProblemLines problems={problems} source={area} />
      </div>
    </Dialog>
  );
}
