import { Pause, Play, X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, ErrorPanel, Progress } from '../ui';
import type { Bench } from './bench';
import { formatBytes, remaining } from './words';

/** How far a batch is, with pause and cancel; afterwards what came of it. */
export function BatchBar({ bench }: { bench: Bench }) {
  const { running, result, error, problems, pause, cancel } = useStore(bench);
  return (
    <>
      {running && (
        <div className="flex items-center gap-3 border-b bg-sunken px-4 py-2 text-xs text-ink-2">
          <div className="w-40 shrink-0">
            <Progress
              label={running.what}
              value={running.expected > 0 ? running.done : null}
              max={running.expected}
            />
          </div>
          <output className="min-w-0 flex-1 truncate">
            {running.paused ? 'Paused' : running.what}: {formatBytes(running.done)} of{' '}
            {formatBytes(running.expected)}
            {!running.paused &&
              running.bytesPerSecond > 0 &&
              `, ${formatBytes(running.bytesPerSecond)}/s`}{' '}
            {!running.paused && remaining(running.done, running.expected, running.bytesPerSecond)}
          </output>
          <Button
            variant="ghost"
            icon={running.paused ? Play : Pause}
            onClick={() => void pause(!running.paused)}
          >
            {running.paused ? 'Go on' : 'Pause'}
          </Button>
          <Button variant="ghost" icon={X} onClick={cancel}>
            Cancel
          </Button>
        </div>
      )}
      {result && (
        <output className="block border-b bg-sunken px-4 py-2 text-xs text-ink-2">
          {result.done.toLocaleString('en')} done
          {result.failed > 0 && `, ${result.failed.toLocaleString('en')} failed`}
          {result.cancelled > 0 && `, ${result.cancelled.toLocaleString('en')} cancelled`}.{' '}
          {formatBytes(result.bytes)} in {(result.ms / 1000).toFixed(1)} s.
          {result.failed + result.cancelled > 0 && ' Nothing half-written was left.'}
        </output>
      )}
      {error && (
        <div className="border-b px-4 py-2">
          <ErrorPanel compact error={error} />
        </div>
      )}
      {problems.length > 0 && (
        <ul className="border-b bg-stale-soft px-4 py-1 text-xs text-stale">
          {problems.slice(0, 5).map(({ name, message }) => (
            <li key={`${name} ${message}`}>
              {name}: {message}
            </li>
          ))}
          {problems.length > 5 && <li>and {problems.length - 5} more</li>}
        </ul>
      )}
    </>
  );
}
