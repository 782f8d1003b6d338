import type { Plan } from './plan';

const dayMs = 86_400_000;

/** When a plan is due next: its cadence after the last drill that passed, or after the plan was saved. */
export function nextDue(
  plan: Pick<Plan, 'cadenceDays' | 'savedAt'>,
  lastPassedAt: string | undefined,
): string {
  const from = Date.parse(lastPassedAt ?? plan.savedAt);
  return new Date(from + plan.cadenceDays * dayMs).toISOString();
}

/** Whether a plan is overdue, or to be called to mind. */
export function dueState(due: string, remindDays: number, now: Date): 'later' | 'soon' | 'overdue' {
  const leftMs = Date.parse(due) - now.getTime();
  if (leftMs <= 0) return 'overdue';
  return leftMs <= remindDays * dayMs ? 'soon' : 'later';
}
