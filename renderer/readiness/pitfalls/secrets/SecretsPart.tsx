import { FileUp, FolderUp, ScanSearch, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp, useCommands } from '../../../app';
import {
  Button,
  Checkbox,
  DropTarget,
  ErrorPanel,
  IconButton,
  LongText,
  Part,
  Progress,
} from '../../../ui';
import { ScanResult } from './ScanResult';

/** Looks for secrets in folders of code and configuration: what, with which rules, and what came of it. */
export function SecretsPart() {
  const { secrets } = useApp();
  const { scan, places, running, error, load, drop, start } = useStore(secrets);
  useEffect(() => void load(), [load]);
  const canStart = places.length > 0 && !running;
  useCommands([
    {
      id: 'secrets.scan',
      title: 'Scan for secrets',
      group: 'Readiness',
      icon: ScanSearch,
      enabled: canStart,
      run: () => void start(),
    },
  ]);
  return (
    <DropTarget onFiles={(files) => void drop(files)}>
      <Part title="Scan for secrets">
        <p className="mb-2 max-w-160 text-sm text-ink-2">
          Reads the files of your code and configuration on this machine, and sends nothing. Of a
          secret it keeps file, line, kind and a mark, never the secret.
        </p>
        <PlaceList />
        <Rules />
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button
            variant={scan ? 'secondary' : 'primary'}
            icon={ScanSearch}
            busy={running !== undefined}
            disabled={places.length === 0}
            onClick={() => canStart && void start()}
          >
            {scan ? 'Scan again' : 'Scan'}
          </Button>
          {running && <Running />}
        </div>
        {error && (
          <div className="mt-3">
            <ErrorPanel compact error={error} />
          </div>
        )}
      </Part>
      {scan && <ScanResult scan={scan} />}
    </DropTarget>
  );
}

function PlaceList() {
  const { secrets } = useApp();
  const { places, running, pick, remove } = useStore(secrets);
  return (
    <>
      {places.length === 0 ? (
        <p className="rounded-md border border-dashed border-line-strong px-3 py-4 text-center text-sm text-ink-3">
          Drop folders or files here, or choose them.
        </p>
      ) : (
        <ul
          aria-label="To look into"
          className="divide-y divide-line rounded-md border border-line"
        >
          {places.map(({ id, path }) => (
            <li key={id} className="flex items-center gap-2 py-1 pr-1 pl-3">
              <span className="min-w-0 flex-1 font-mono text-xs break-all">{path}</span>
              <IconButton
                small
                icon={X}
                label={`Take ${path} off the list`}
                disabled={running !== undefined}
                onClick={() => remove(id)}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-2 flex gap-2">
        <Button icon={FolderUp} onClick={() => void pick('folder')}>
          Choose a folder
        </Button>
        <Button icon={FileUp} onClick={() => void pick('files')}>
          Choose files
        </Button>
      </div>
    </>
  );
}

function Rules() {
  const { secrets } = useApp();
  const { ignore, gitignore, running, setIgnore, setGitignore } = useStore(secrets);
  return (
    <div className="mt-3 max-w-160 space-y-2">
      <LongText
        label="Leave out"
        mono
        rows={2}
        value={ignore}
        disabled={running !== undefined}
        onChange={setIgnore}
        hint={'A pattern a line, as in .gitignore: node_modules/ or *.test.ts'}
      />
      <Checkbox checked={gitignore} disabled={running !== undefined} onChange={setGitignore}>
        Leave out what .gitignore files leave out (.env files often are)
      </Checkbox>
    </div>
  );
}

function Running() {
  const { secrets } = useApp();
  const { running, cancel } = useStore(secrets);
  if (!running) return null;
  const { files, found } = running;
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3 text-xs text-ink-2">
      <div className="w-24 shrink-0">
        <Progress label="Scanning" value={null} />
      </div>
      <output className="min-w-0 flex-1 truncate">
        {files.toLocaleString('en')} files read, {found.toLocaleString('en')} found
      </output>
      <Button variant="ghost" icon={X} onClick={cancel}>
        Cancel
      </Button>
    </div>
  );
}
