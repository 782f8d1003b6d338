import { z } from 'zod';
import { dueState } from './due';
import type { Finding } from './finding';
import type { Plan } from './plan';

/** Something about drills that waits for a person. */
export const reminderSchema = z.object({
  id: z.string(),
  kind: z.enum(['to-undo', 'drill-overdue', 'finding-overdue', 'drill-soon', 'finding-soon']),
  /** `The drill Quarterly standard was due on 2026-11-20.` */
  text: z.string(),
  /** The day, `2026-11-20`. */
  due: z.string(),
  /** Where in the window it is dealt with: `/drills/plan/...`. */
  place: z.string(),
});
export type Reminder = z.infer<typeof reminderSchema>;

export interface ReminderFacts {
  readonly plans: readonly {
    readonly plan: Pick<Plan, 'id' | 'name' | 'remindDays'>;
    readonly due: string;
  }[];
  readonly findings: readonly { readonly drill: string; readonly finding: Finding }[];
  /** Drills that left something changed. */
  readonly changed: readonly {
    readonly drill: string;
    readonly name: string;
    readonly since: string;
    readonly changes: number;
  }[];
}

/** So many days before its day a finding is called to mind. */
const findingDays = 7;

/** What waits for a person, the most pressing first: changes not taken back, what is overdue, what is due soon. */
export function remindersOf({ plans, findings, changed }: ReminderFacts, now: Date): Reminder[] {
  const all = [
    ...changed.map(({ drill, name, since, changes }): Reminder => ({
      id: `undo ${drill}`,
      kind: 'to-undo',
      text: `The drill ${name} left ${changes === 1 ? 'a change' : `${changes} changes`} that nobody has taken back.`,
      due: since.slice(0, 10),
      place: `/drills/run/${encodeURIComponent(drill)}`,
    })),
    ...plans.flatMap(({ plan, due }): Reminder[] => {
      const state = dueState(due, plan.remindDays, now);
      if (state === 'later') return [];
      const day = due.slice(0, 10);
      return [
        {
          id: `plan ${plan.id}`,
          kind: state === 'overdue' ? 'drill-overdue' : 'drill-soon',
          text: `The drill ${plan.name} ${state === 'overdue' ? 'was' : 'is'} due on ${day}.`,
          due: day,
          place: `/drills/plan/${encodeURIComponent(plan.id)}`,
        },
      ];
    }),
    ...findings.flatMap(({ drill, finding }): Reminder[] => {
      // A finding may be dealt with on its day: it is overdue when the day is over.
      const end = new Date(Date.parse(finding.due) + 86_400_000).toISOString();
      const state = dueState(end, findingDays, now);
      if (finding.state !== 'open' || state === 'later') return [];
      return [
        {
          id: `finding ${drill} ${finding.id}`,
          kind: state === 'overdue' ? 'finding-overdue' : 'finding-soon',
          text: `The finding “${short(finding.text)}” of ${finding.owner} ${state === 'overdue' ? 'was' : 'is'} due on ${finding.due}.`,
          due: finding.due,
          place: '/drills/findings',
        },
      ];
    }),
  ];
  const order = reminderSchema.shape.kind.options;
  return all.toSorted(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.due < b.due ? -1 : 1),
  );
}

/** Several reminders as one notification: where it leads, and what stands in it. */
export interface ReminderNote {
  readonly title: string;
  readonly body: string;
  readonly place: string;
}

const mostLines = 3;

/** One notification for all; undefined where nothing waits. */
export function noteOf(reminders: readonly Reminder[]): ReminderNote | undefined {
  const [first] = reminders;
  if (!first) return undefined;
  const one = reminders.length === 1;
  const more = reminders.length - mostLines;
  const lines = reminders.slice(0, mostLines).map(({ text }) => text);
  return {
    title: one
      ? 'Recovery drills: something is due'
      : `Recovery drills: ${reminders.length} things are due`,
    body: [...lines, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'),
    place: reminders.every(({ place }) => place === first.place) ? first.place : '/drills',
  };
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
