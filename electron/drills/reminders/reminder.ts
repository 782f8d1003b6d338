import {
  noteOf,
  remindersOf,
  type Reminder,
  type ReminderNote,
} from '../../../shared/model/drills/reminders';
import { toUndo } from '../../../shared/model/drills/drill';
import type { Plan } from '../../../shared/model/drills/plan';
import type { ValueStore } from '../../settings/index';
import type { DrillStore } from '../drillStore';

export interface ReminderOptions {
  readonly drills: DrillStore;
  readonly plans: () => { readonly plan: Plan; readonly due: string }[];
  readonly values: ValueStore;
  readonly now: () => Date;
  /** Whether the operator wants notifications. */
  readonly wanted: () => boolean;
  /** Shows a notification of the system; false where it could not be shown. */
  readonly notify: (note: ReminderNote) => boolean;
}

const lastDay = 'drills.remindedOn';

/** What waits for a person; and once a day at most a notification of it. */
export function createReminder({ drills, plans, values, now, wanted, notify }: ReminderOptions) {
  function all(): Reminder[] {
    const changed = drills.ids().flatMap((id) => {
      const drill = drills.get(id);
      const changes = toUndo(drill).length;
      // While a drill is under way its changes are what it is about; the next day they are forgotten ones.
      const isOld = now().getTime() - Date.parse(drill.startedAt) > 86_400_000;
      return changes > 0 && isOld
        ? [{ drill: id, name: drill.plan.name, since: drill.startedAt, changes }]
        : [];
    });
    return remindersOf({ plans: plans(), findings: drills.findings(), changed }, now());
  }

  return {
    all,
    /** Notifies, unless that was done today, nothing waits, or the operator does not want it. */
    remind(): void {
      const today = localDay(now());
      if (!wanted() || values.readValue(lastDay) === today) return;
      const note = noteOf(all());
      if (note && notify(note)) values.writeValue(lastDay, today);
    },
  };
}

/** The operator's day, not Greenwich's: `2026-11-28`. */
function localDay(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].join('-');
}
