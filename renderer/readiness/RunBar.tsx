import { Button, Progress } from '../ui';
import type { RunProgress } from './store';

/** How far a run of the checks is, with the way to stop it. */
export function RunBar({ progress, onCancel }: { progress: RunProgress; onCancel: () => void }) {
  return (
    <div className="flex items-center gap-3 border-b bg-sunken px-4 py-2 text-xs text-ink-2">
      <div className="w-40 shrink-0">
        <Progress label="Running the checks" value={runShare(progress) ?? null} max={1} />
      </div>
      <output className="min-w-0 flex-1 truncate">
        Reading {progress.what}, {progress.done} of {progress.expected || 'some'} sources read.
      </output>
      <Button variant="ghost" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

/** 0 to 1; undefined while it is not known. */
export function runShare(progress: RunProgress | undefined): number | undefined {
  if (!progress || progress.expected === 0) return undefined;
  return Math.min(1, (progress.done + (progress.share ?? 0)) / progress.expected);
}
