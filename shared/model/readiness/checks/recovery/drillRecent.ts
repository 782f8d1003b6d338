import { daysBetween } from '../../../keyRotationRules';
import { day, days } from '../../../keyVerdictParts';
import { drillCheck, named, quarterDays } from './drillCheck';

export const drillRecent = drillCheck({
  id: 'drill-recent',
  question: 'Was a recovery drill closed within the quarter, and is no plan overdue?',
  why: 'A way back that nobody has walked lately is an assumption.',
  severity: 'high',
  effort: 'hours',
  remedy: 'Drills > run a drill.',
  withoutAny: 'fail',
  rule: (latest, now) => {
    const age = daysBetween(latest.closedAt, now);
    const reason = `The last one is ${named(latest)}, ${days(age)} ago.`;
    return age <= quarterDays
      ? { value: 'pass', reason }
      : { value: 'fail', reason, remedy: 'Run a drill.' };
  },
  further: ({ plans }, now) =>
    plans.map(({ id, name, due }) => ({
      id: `drill plan ${id}`,
      name,
      verdict:
        Date.parse(due) > now.getTime()
          ? { value: 'pass', reason: `Due on ${day(due)}.` }
          : {
              value: 'fail',
              reason: `It was due on ${day(due)}, its cadence after it last passed or was saved.`,
              remedy: 'Run the drill of this plan, or retire the plan.',
            },
    })),
});
