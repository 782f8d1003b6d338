import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app';

/** How much of drills waits for a person, beside the name of the feature. */
export function DueCount() {
  const { drills } = useApp();
  const reminders = useStore(drills, (state) => state.reminders);
  const loadReminders = useStore(drills, (state) => state.loadReminders);
  useEffect(() => void loadReminders(), [loadReminders]);
  if (!reminders || reminders.length === 0) return null;
  const late = reminders.some(({ kind }) => kind !== 'drill-soon' && kind !== 'finding-soon');
  return (
    <span
      title="Drills and findings that are due"
      className={`rounded-sm px-1 text-2xs font-medium tabular-nums max-lg:absolute max-lg:top-0 max-lg:right-0 ${late ? 'bg-fail-soft text-fail' : 'bg-stale-soft text-stale'}`}
    >
      {reminders.length > 99 ? '99+' : reminders.length}
      <span className="sr-only"> due</span>
    </span>
  );
}
