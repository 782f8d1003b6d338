import { Gauge } from 'lucide-react';
import { useRef, useState } from 'react';
import type { MeasureResult } from '../../shared/model/envelope/measure';
import type { KeyRef } from '../../shared/model/key';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { useClient } from '../app';
import { Button, ErrorPanel, Progress, TextField } from '../ui';
import { KeyChooser } from './KeyChooser';
import { MeasureResults } from './MeasureResults';

const fields = [
  { name: 'recordBytes', label: 'Bytes of a record', max: 1024 * 1024 },
  { name: 'recordsPerSecond', label: 'Records a second of the workload', max: 10_000_000 },
  { name: 'cacheRecords', label: 'Records under one cached key', max: 1_000_000 },
  { name: 'cacheSeconds', label: 'Seconds that a key is cached', max: 86_400 },
  { name: 'records', label: 'Records to measure', max: 2000, min: 10 },
] as const;
type Field = (typeof fields)[number];
type Draft = Readonly<Record<Field['name'], string>>;

/** Over-encryption: what it costs to encrypt each record by itself, beside data keys and caching. */
export function MeasureView() {
  const { envelope } = useClient();
  const [keys, setKeys] = useState<readonly KeyRef[]>([]);
  const [draft, setDraft] = useState<Draft>({
    recordBytes: '512',
    recordsPerSecond: '100',
    cacheRecords: '100',
    cacheSeconds: '300',
    records: '200',
  });
  const [progress, setProgress] = useState<{ done: number; expected: number }>();
  const [answer, setAnswer] = useState<{ result?: MeasureResult; error?: ErrorInfo }>({});
  const working = useRef<AbortController>(undefined);
  const problems = fields.map((field) => problemOf(field, draft[field.name]));
  const [key] = keys;

  async function measure(): Promise<void> {
    if (!key || problems.some(Boolean)) return;
    const own = new AbortController();
    working.current = own;
    setProgress({ done: 0, expected: 0 });
    try {
      const numbers = Object.fromEntries(
        fields.map(({ name }) => [name, Number(draft[name])]),
      ) as Record<Field['name'], number>;
      const result = await envelope.measure(
        { key, ...numbers },
        { signal: own.signal, onProgress: setProgress },
      );
      setAnswer({ result });
    } catch (error) {
      const info = toErrorInfo(error);
      if (info.code !== 'cancelled') setAnswer({ error: info });
    } finally {
      setProgress(undefined);
    }
  }

  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <form
        aria-label="What to measure"
        onSubmit={(event) => {
          event.preventDefault();
          void measure();
        }}
        className="w-90 shrink-0 space-y-4 overflow-y-auto border-r bg-surface p-4 max-lg:w-auto max-lg:overflow-visible max-lg:border-r-0 max-lg:border-b"
      >
        <KeyChooser label="Key" chosen={keys} onChange={setKeys} max={1} />
        {fields.map((field, index) => (
          <TextField
            key={field.name}
            label={field.label}
            inputMode="numeric"
            value={draft[field.name]}
            onChange={(value) => setDraft({ ...draft, [field.name]: value })}
            error={problems[index]}
          />
        ))}
        <p className="text-xs text-ink-3">
          Real requests are made to KMS with this key; they count against the quota and cost a
          fraction of a cent. Records are random bytes.
        </p>
        <div className="flex gap-2">
          <Button
            type="submit"
            variant="primary"
            icon={Gauge}
            busy={progress !== undefined}
            disabled={!key || problems.some(Boolean)}
          >
            Measure
          </Button>
          {progress && (
            <Button variant="ghost" onClick={() => working.current?.abort()}>
              Cancel
            </Button>
          )}
        </div>
        {progress && (
          <Progress
            label="Measuring"
            value={progress.expected > 0 ? progress.done : null}
            max={progress.expected}
          />
        )}
      </form>
      <div className="min-w-0 flex-1 overflow-y-auto p-4 max-lg:flex-none max-lg:overflow-visible">
        {answer.error && <ErrorPanel error={answer.error} onRetry={() => void measure()} />}
        {answer.result && <MeasureResults result={answer.result} />}
        {!answer.error && !answer.result && (
          <p className="mx-auto max-w-110 pt-16 text-center text-sm text-ink-2">
            Encrypting each record by itself is the safest and, for high-frequency data, the slowest
            and dearest. Measure on this machine, with your account, what a data key for each record
            and a cached data key would change.
          </p>
        )}
      </div>
    </div>
  );
}

function problemOf(field: Field, text: string): string | undefined {
  const value = Number(text);
  const min = 'min' in field ? field.min : 1;
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= field.max) {
    return undefined;
  }
  return `A whole number from ${min} to ${field.max.toLocaleString('en')}.`;
}
