import { useStore } from 'zustand';
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
    </button>
  );
}
