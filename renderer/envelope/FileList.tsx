import { File, FileLock, Folder, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { ItemResult, Source } from '../../shared/model/envelope/jobs';
import { cx, Badge, ErrorPanel, IconButton, Identifier, KeyValue, Progress } from '../ui';
import type { Bench } from './bench';
import { formatBytes, itemLooks } from './words';

/** The files of a bench, each with how far it is and what became of it. */
export function FileList({
  bench,
  openId,
  onOpen,
}: {
  bench: Bench;
  /** The file that is looked at, where files can be opened. */
  openId?: string | undefined;
  onOpen?: ((id: string) => void) | undefined;
}) {
  const sources = useStore(bench, (state) => state.sources);
  const items = useStore(bench, (state) => state.items);
  const running = useStore(bench, (state) => state.running);
  const remove = useStore(bench, (state) => state.remove);
  return (
    <ul
      aria-label="Files"
      className="divide-y divide-line rounded-md border border-line bg-surface"
    >
      {sources.map((source) => {
        const item = items.get(source.id);
        const part = running?.sources.get(source.id);
        return (
          <li key={source.id} className={cx('px-3 py-2', source.id === openId && 'bg-selected')}>
            <div className="flex items-center gap-3">
              <SourceIcon source={source} />
              <Name source={source} open={source.id === openId} onOpen={onOpen} />
              <span className="shrink-0 text-xs text-ink-3 tabular-nums">{sizeOf(source)}</span>
              {item && <StateOf item={item} />}
              <IconButton
                small
                icon={X}
                label={`Take ${source.name} off the list`}
                disabled={running !== undefined}
                onClick={() => remove(source.id)}
              />
            </div>
            {part && (
              <div className="mt-1.5 pl-7">
                <Progress label={source.name} value={part.done} max={part.expected} />
              </div>
            )}
            {item && <Outcome item={item} />}
          </li>
        );
      })}
    </ul>
  );
}

function Name({
  source,
  open,
  onOpen,
}: {
  source: Source;
  open: boolean;
  onOpen: ((id: string) => void) | undefined;
}) {
  const text = (
    <>
      <span className="block truncate text-sm">{source.name}</span>
      <span className="block truncate text-xs text-ink-3">{source.path}</span>
    </>
  );
  if (!onOpen) return <div className="min-w-0 flex-1">{text}</div>;
  return (
    <button
      type="button"
      aria-pressed={open}
      onClick={() => onOpen(source.id)}
      className="min-w-0 flex-1 rounded-sm text-left"
    >
      {text}
    </button>
  );
}

function SourceIcon({ source }: { source: Source }) {
  const Icon = source.kind === 'folder' ? Folder : source.envelope ? FileLock : File;
  return <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-ink-3" />;
}

function sizeOf({ kind, files, bytes }: Source): string {
  if (kind === 'file') return formatBytes(bytes);
  return `${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}, ${formatBytes(bytes)}`;
}

function StateOf({ item }: { item: ItemResult }) {
  const { word, icon, tone } = itemLooks[item.state];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}

/** Where the result lies, with its hashes and the keys; or why there is none. */
function Outcome({ item }: { item: ItemResult }) {
  if (item.state === 'waiting' || item.state === 'running') return null;
  const rows = [
    ...identifier('Written to', item.path, 70),
    ...identifier('Content SHA-256', item.plaintextSha256),
    ...identifier('Envelope SHA-256', item.envelopeSha256),
    ...(item.keys ?? []).flatMap((use) => [
      ...identifier('Key', use.keyArn, 60),
      ...identifier('Key material', use.keyMaterialId),
      ...identifier('Request', use.requestId, 40),
    ]),
  ];
  return (
    <div className="mt-2 space-y-2 pl-7">
      {item.error && <ErrorPanel compact error={item.error} />}
      {rows.length > 0 && (
        <KeyValue
          rows={rows.map((row, index) => ({ ...row, label: label(rows, row.label, index) }))}
        />
      )}
      {item.sourceRemoved && <p className="text-xs text-ink-2">The source was removed.</p>}
      {item.remarks?.map((remark) => (
        <p key={remark} className="text-xs text-ink-2">
          {remark}
        </p>
      ))}
    </div>
  );
}

function identifier(label: string, value: string | undefined, max = 44) {
  if (value === undefined) return [];
  return [{ label, value: <Identifier value={value} label={label} max={max} /> }];
}

/** Several keys have the same labels: they are told apart by their number. */
function label(rows: readonly { label: string }[], name: string, index: number): string {
  const before = rows.slice(0, index).filter((row) => row.label === name).length;
  return before === 0 ? name : `${name} ${before + 1}`;
}
