import { Lock } from 'lucide-react';
import { useStore } from 'zustand';
import type { Source } from '../../shared/model/envelope/jobs';
import { useApp } from '../app';
import { Button, Checkbox, Select } from '../ui';
import { BatchBar } from './BatchBar';
import { ContextFields, contextOf, pairsProblem } from './ContextFields';
import { DropZone, PickButtons } from './DropZone';
import type { EncryptForm } from './feature';
import { FileList } from './FileList';
import { KeyChooser } from './KeyChooser';
import { PlaceField } from './PlaceField';

/** Seals files and folders: which left, how right. */
export function EncryptView() {
  const { client, envelope } = useApp();
  const bench = envelope.encrypting;
  const { sources, items, running, run, clear } = useStore(bench);
  const form = useStore(envelope.form);
  const set = (change: Partial<EncryptForm>) => envelope.form.setState(change);
  const open = sources.filter(({ id }) => items.get(id)?.state !== 'done').map(({ id }) => id);
  const problem = problemOf(form, sources, open);

  const encrypt = () =>
    void run('Encrypting', open, (batch, options) =>
      client.envelope.encrypt(
        {
          ...batch,
          keys: [...form.keys],
          context: contextOf(form.pairs),
          format: form.format,
          folders: form.folders,
          hideNames: form.hideNames,
          removeSource: form.removeSource,
          replace: form.replace,
          ...(form.place && { place: form.place.id }),
        },
        options,
      ),
    );

  return (
    <>
      <BatchBar bench={bench} />
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
        <div className="min-w-0 flex-1 overflow-y-auto p-4 max-lg:flex-none max-lg:overflow-visible">
          {sources.length === 0 ? (
            <DropZone bench={bench} icon={Lock} title="Drop files and folders to encrypt">
              Each gets an envelope of its own: a fresh data key, sealed under your KMS key. The
              files themselves never leave this machine.
            </DropZone>
          ) : (
            <>
              <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
                <PickButtons bench={bench} />
                <Button variant="ghost" disabled={running !== undefined} onClick={clear}>
                  Clear the list
                </Button>
              </div>
              <FileList bench={bench} />
            </>
          )}
        </div>
        <form
          aria-label="How to encrypt"
          onSubmit={(event) => {
            event.preventDefault();
            if (!problem) encrypt();
          }}
          className="flex w-90 shrink-0 flex-col border-l bg-surface max-lg:w-auto max-lg:border-t max-lg:border-l-0"
        >
          <div className="min-h-0 flex-1 space-y-5 overflow-y-auto p-4 max-lg:overflow-visible">
            <KeyChooser label="Keys" chosen={form.keys} onChange={(keys) => set({ keys })} />
            <ContextFields pairs={form.pairs} onChange={(pairs) => set({ pairs })} />
            <div>
              <p className="mb-1 text-xs font-medium text-ink-2">Format</p>
              <Select
                label="Format"
                value={form.format}
                onChange={(format) => set({ format })}
                className="w-full"
                options={[
                  { value: 'auto', label: 'As it suits' },
                  { value: 'simple', label: 'Simple envelope (JSON), up to 64 MiB' },
                  { value: 'esdk', label: 'AWS Encryption SDK message, any size' },
                ]}
              />
              <p className="mt-1 text-xs text-ink-3">{formatHints[form.format]}</p>
            </div>
            <div>
              <p className="mb-1 text-xs font-medium text-ink-2">Folders</p>
              <Select
                label="Folders"
                value={form.folders}
                onChange={(folders) => set({ folders })}
                className="w-full"
                options={[
                  { value: 'archive', label: 'One archive: hides names and sizes' },
                  { value: 'each-file', label: 'Each file an envelope of its own' },
                ]}
              />
            </div>
            <div className="space-y-1.5">
              <Checkbox checked={form.hideNames} onChange={(hideNames) => set({ hideNames })}>
                Hide the files’ names
              </Checkbox>
              <Checkbox
                checked={form.removeSource}
                onChange={(removeSource) => set({ removeSource })}
              >
                Remove each source afterwards
              </Checkbox>
              {form.removeSource && (
                <p className="text-xs text-stale">
                  A source is removed once its envelope was read back and found to open. That is no
                  secure erasure: an SSD, a snapshot or a backup may keep what was there.
                </p>
              )}
            </div>
            <div>
              <PlaceField place={form.place} onChange={(place) => set({ place })} />
              <Checkbox
                checked={form.replace}
                onChange={(replace) => set({ replace })}
                className="mt-2"
              >
                Write over files of the same name
              </Checkbox>
            </div>
          </div>
          <footer className="border-t bg-sunken px-4 py-3">
            {problem && sources.length > 0 && <p className="mb-2 text-xs text-ink-2">{problem}</p>}
            <Button
              type="submit"
              variant="primary"
              icon={Lock}
              busy={running !== undefined}
              disabled={problem !== undefined}
              className="w-full"
            >
              {open.length > 1 ? `Encrypt ${open.length}` : 'Encrypt'}
            </Button>
          </footer>
        </form>
      </div>
    </>
  );
}

const formatHints: Readonly<Record<EncryptForm['format'], string>> = {
  auto: 'Simple for a file of up to 64 MiB under one key; else an AWS Encryption SDK message.',
  simple: 'Opens with a few lines of Python, too. One key, without key commitment.',
  esdk: 'Opens with AWS’s own tools, too. In frames, with key commitment, under several keys.',
};

/** Why the form cannot be sent yet. */
function problemOf(
  { keys, pairs, format }: EncryptForm,
  sources: readonly Source[],
  open: readonly string[],
): string | undefined {
  if (sources.length === 0) return 'Choose files first.';
  if (open.length === 0) return 'Everything on the list is encrypted.';
  if (keys.length === 0) return 'Choose a key.';
  if (format === 'simple' && keys.length > 1) return 'A simple envelope has one key.';
  return pairsProblem(pairs);
}
