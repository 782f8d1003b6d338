import { FileUp } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { EndpointEdit } from '../../../shared/model/tls/fleet';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { useClient } from '../../app';
import { Button, Dialog, ErrorPanel } from '../../ui';
import { PreviewList } from './PreviewList';
import { ProblemLines, type LineProblem } from './ProblemLines';
import { useAddEndpoints } from './useAddEndpoints';

interface Read {
  readonly endpoints: readonly EndpointEdit[];
  readonly problems: readonly LineProblem[];
  readonly alreadyThere: number;
}

/** The contract's limit in characters. */
const maxText = 4_000_000;

/** Reads a pasted or opened list, shows what it holds and which lines are none, and adds what is chosen. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const { read, error } = useReading(text);
  const adding = useAddEndpoints(onClose);
  const file = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const chosen = read?.endpoints.filter((_, index) => !left.has(index)) ?? [];
  const put = (next: string) => {
    setText(next.slice(0, maxText));
    setLeft(new Set());
  };

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      initialFocus={area}
      title="Paste or open a list"
      description="One host or host:port a line, or CSV with a head line: name, host, port, sni, owner, tags."
      footer={
        <>
          <Button className="mr-auto" icon={FileUp} onClick={() => file.current?.click()}>
            Open a file
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            busy={adding.busy}
            onClick={() => void adding.add(chosen)}
          >
            {chosen.length > 0 ? `Add ${chosen.length.toLocaleString('en')}` : 'Add'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <label htmlFor={id} className="sr-only">
          List of endpoints
        </label>
        <textarea
          ref={area}
          id={id}
          value={text}
          onChange={({ target }) => put(target.value)}
          placeholder={'shop.example.com\napi.example.com:8443\n203.0.113.7:443'}
          spellCheck={false}
          rows={6}
          className="w-full resize-y rounded-md outline-offset-[-2px] border border-control-line bg-surface p-2.5 font-mono text-xs text-ink select-text placeholder:text-ink-3"
        />
        <input
          ref={file}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          aria-label="File with endpoints"
          tabIndex={-1}
          className="hidden"
          onChange={({ target }) => {
            void target.files?.[0]?.text().then(put);
            target.value = '';
          }}
        />
        {(error ?? adding.error) && <ErrorPanel compact error={(error ?? adding.error)!} />}
        {read && <output className="text-xs text-ink-2">{summary(read)}</output>}
        {read && <ProblemLines problems={read.problems} source={area} />}
        {read && read.endpoints.length > 0 && (
          <PreviewList endpoints={read.endpoints} left={left} onLeft={setLeft} />
        )}
      </div>
    </Dialog>
  );
}

function summary({ endpoints, problems, alreadyThere }: Read): string {
  const lines = (count: number, what: string) => `${count.toLocaleString('en')} ${what}`;
  return [
    lines(endpoints.length, endpoints.length === 1 ? 'endpoint' : 'endpoints'),
    ...(alreadyThere > 0 ? [lines(alreadyThere, 'in the list already')] : []),
    ...(problems.length > 0
      ? [lines(problems.length, problems.length === 1 ? 'line not read' : 'lines not read')]
      : []),
  ].join(', ');
}

/** What main reads in a text, a moment after the last letter. */
function useReading(text: string): { read: Read | undefined; error: ErrorInfo | undefined } {
  const client = useClient();
  const [answer, setAnswer] = useState<{ text: string; read?: Read; error?: ErrorInfo }>();
  useEffect(() => {
    if (text.trim() === '') return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      client.tls.readImport({ text }, { signal: abort.signal }).then(
        (read) => setAnswer({ text, read }),
        (thrown: unknown) => {
          const error = toErrorInfo(thrown);
          if (error.code !== 'cancelled') setAnswer({ text, error });
        },
      );
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, text]);
  const fits = answer?.text === text && text.trim() !== '';
  return { read: fits ? answer.read : undefined, error: fits ? answer.error : undefined };
}
