import { TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { notCovered } from '../../../shared/model/events/notCovered';
import { useApp } from '../../app';
import { Time } from '../../ui';
import { newestOf } from '../store';

/** How much is stored, in a line; it opens what is covered. */
export function CoverageNote({ onOpen }: { onOpen: () => void }) {
  const { events } = useApp();
  const stored = useStore(events, (state) => state.stored);
  const coverage = useStore(events, (state) => state.coverage);
  const newest = useStore(events, newestOf);
  if (stored === undefined || coverage.length === 0) return undefined;
  const where = coverage.length === 1 ? 'one Region' : `${coverage.length} Regions`;
  return (
    <button type="button" onClick={onOpen} className="text-left underline-offset-2 hover:underline">
      {stored.toLocaleString('en')} stored, {where}, newest{' '}
      {newest ? <Time iso={newest} precision="minute" bare /> : 'unknown'}
      {notCovered(coverage).length > 0 && (
        <span className="ml-1.5 inline-flex items-center gap-1 text-stale">
          <TriangleAlert aria-hidden className="size-3.5" />
          not all is covered
        </span>
      )}
    </button>
  );
}
