import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Reminder } from '../../../shared/model/drills/reminders';
import { useApp } from '../../app';
import { navigate } from '../../app/location';
import { Badge, Button, type Tone } from '../../ui';

/** What waits for a person: changes not taken back, drills and findings that are due. */
export function DueList() {
  const { drills } = useApp();
  const due = useStore(drills, (state) => state.reminders);
  const loadReminders = useStore(drills, (state) => state.loadReminders);
  useEffect(() => void loadReminders(), [loadReminders]);
  if (!due || due.length === 0) return null;
  return (
    <section aria-label="Due" className="mb-4 rounded-md border border-line bg-surface">
      <ul className="divide-y divide-line">
        {due.map(({ id, kind, text, place }) => (
          <li key={id} className="flex flex-wrap items-center gap-3 px-4 py-2">
            <Badge tone={looks[kind].tone}>{looks[kind].word}</Badge>
            <p className="min-w-0 flex-1 text-sm">{text}</p>
            <Button onClick={() => navigate(place)}>Open</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const looks: Readonly<Record<Reminder['kind'], { word: string; tone: Tone }>> = {
  'to-undo': { word: 'To undo', tone: 'fail' },
  'drill-overdue': { word: 'Overdue', tone: 'fail' },
  'finding-overdue': { word: 'Overdue', tone: 'fail' },
  'drill-soon': { word: 'Due soon', tone: 'stale' },
  'finding-soon': { word: 'Due soon', tone: 'stale' },
};
