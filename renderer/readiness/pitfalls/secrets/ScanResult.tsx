import { useState } from 'react';
import { useStore } from 'zustand';
import {
  skippedWords,
  totalOf,
  type FoundSecret,
  type ScannedPlace,
  type SecretScan,
} from '../../../../shared/model/secrets';
import { useApp } from '../../../app';
import { Badge, Button, Identifier, Part, Time } from '../../../ui';
import { IgnoreDialog } from './IgnoreDialog';

/** What the last scan has found, and what it has not looked at. */
export function ScanResult({ scan }: { scan: SecretScan }) {
  const { secrets } = useApp();
  const { running, stopIgnoring } = useStore(secrets);
  const [asked, setAsked] = useState<FoundSecret>();
  const [room, setRoom] = useState(portion);
  const total = totalOf(scan);
  // What counts comes first; within that as the files lie.
  const found = [
    ...scan.found.filter(({ ignored }) => !ignored),
    ...scan.found.filter(({ ignored }) => ignored),
  ];
  return (
    <Part title="Last scan">
      <p className="text-sm">
        <b className="font-semibold">{foundWords(total)}</b> in {total.files.toLocaleString('en')}{' '}
        files of {placesWords(scan.places)}.{' '}
        <span className="text-xs text-ink-3">
          As of <Time iso={scan.scannedAt} precision="minute" bare />
        </span>
      </p>
      <p className="mt-0.5 text-xs text-ink-3">
        Not looked at: {skippedWords(total) || 'nothing'}.
        {scan.ignore.length > 0 && ` Left out by pattern: ${scan.ignore.join(', ')}.`}
      </p>
      {total.unread > 0 && <Unread scan={scan} count={total.unread} />}
      {found.length > 0 && (
        <ul
          aria-label="Findings"
          className="mt-3 divide-y divide-line rounded-md border border-line"
        >
          {found.slice(0, room).map((finding, at) => (
            <Finding
              // oxlint-disable-next-line react/no-array-index-key -- one line may have the same secret twice
              key={`${finding.file} ${finding.line} ${finding.mark} ${at}`}
              finding={finding}
              disabled={running !== undefined}
              onIgnore={() => setAsked(finding)}
              onCount={(id) => void stopIgnoring(id)}
            />
          ))}
        </ul>
      )}
      {found.length > room && (
        <Button className="mt-2" onClick={() => setRoom(room + portion)}>
          Show {Math.min(portion, found.length - room)} more of {found.length.toLocaleString('en')}
        </Button>
      )}
      {total.found + total.ignored > scan.found.length && (
        <p className="mt-2 text-xs text-ink-3">
          The first {scan.found.length.toLocaleString('en')} are kept; all count.
        </p>
      )}
      {asked && <IgnoreDialog finding={asked} onClose={() => setAsked(undefined)} />}
    </Part>
  );
}

/** Findings that are shown at once. */
const portion = 100;

function Finding({
  finding: { file, line, kind, mark, ignored },
  disabled,
  onIgnore,
  onCount,
}: {
  finding: FoundSecret;
  disabled: boolean;
  onIgnore: () => void;
  onCount: (id: string) => void;
}) {
  const place = `${file}:${line}`;
  return (
    <li className="flex items-center gap-3 py-1 pr-1 pl-3">
      <div className="min-w-0 flex-1">
        <Identifier value={place} label="File and line" max={72} />
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
          <span className={ignored ? undefined : 'text-fail'}>{kind}</span>
          <span className="font-mono" title="The same mark is the same secret, in this scan">
            {mark}
          </span>
          {ignored && (
            <span>
              <Badge>Ignored</Badge> {ignored.reason} ({ignored.by},{' '}
              <Time iso={ignored.at} precision="minute" bare />)
            </span>
          )}
        </p>
      </div>
      {ignored ? (
        <Button variant="ghost" disabled={disabled} onClick={() => onCount(ignored.id)}>
          Count again
        </Button>
      ) : (
        <Button variant="ghost" disabled={disabled} onClick={onIgnore}>
          Ignore
        </Button>
      )}
    </li>
  );
}

function Unread({ scan: { unread }, count }: { scan: SecretScan; count: number }) {
  return (
    <details className="mt-2 rounded-md bg-unsure-soft px-3 py-1.5 text-xs text-unsure">
      <summary>
        {count.toLocaleString('en')} could not be read: whether there are secrets in them cannot be
        told
      </summary>
      <ul className="mt-1 space-y-0.5">
        {unread.map(({ file, why }) => (
          <li key={file} className="break-all">
            <span className="font-mono">{file}</span>: {why}
          </li>
        ))}
        {count > unread.length && <li>and {(count - unread.length).toLocaleString('en')} more</li>}
      </ul>
    </details>
  );
}

function foundWords({ found, ignored }: Pick<ScannedPlace, 'found' | 'ignored'>): string {
  const secrets = found === 1 ? 'One secret' : `${found.toLocaleString('en')} secrets`;
  const words = found === 0 ? 'No secret' : secrets;
  return ignored > 0 ? `${words}, ${ignored.toLocaleString('en')} ignored,` : words;
}

function placesWords(places: readonly ScannedPlace[]): string {
  const [first] = places;
  return places.length === 1 && first ? first.path : `${places.length} places`;
}
