import { useStore } from 'zustand';
import { useApp } from '../../app';
import { gradeLooks, type GradeLetter } from '../grade';
import type { EndpointView } from './lens';

/** A line under the table about the row on which the keyboard stands: why its grade is no better, what changed. */
export function ActiveNote({ views }: { views: readonly EndpointView[] }) {
  const { tls } = useApp();
  const active = useStore(tls.selection, (state) => state.active);
  const view = views.find(({ id }) => id === active);
  const sentences = view ? sentencesOf(view) : [];
  return (
    <div className="flex min-h-7 shrink-0 items-center gap-2 border-t bg-sunken px-3 text-xs text-ink-2">
      <output className="min-w-0 flex-1 truncate" title={sentences.join('\n') || undefined}>
        {view ? (
          <>
            <b className="font-semibold text-ink">{view.name}</b> {sentences.join('  ·  ')}
          </>
        ) : (
          'Press j or k to walk the list, Enter for the report, s to scan.'
        )}
      </output>
    </div>
  );
}

function sentencesOf({ row, grade }: EndpointView): string[] {
  if (row.last.length === 0) return ['has not been scanned yet.'];
  const reasons = row.last.flatMap(({ reasons = [], unreachable }) => unreachable ?? reasons);
  const word = Object.hasOwn(gradeLooks, grade)
    ? [`${grade}, ${gradeLooks[grade as GradeLetter].word.toLowerCase()}`]
    : [];
  return [...word, ...new Set(reasons), ...row.differences.map(({ what }) => `Changed: ${what}`)];
}
