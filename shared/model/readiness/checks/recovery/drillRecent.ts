import { daysBetween } from '../../../keyRotationRules';
import { days } from '../../../keyVerdictParts';
import { drillCheck, named, quarterDays } from './drillCheck';

export const drillRecent = drillCheck({
  id: 'drill-recent',
  question: 'Was a recovery drill closed within the quarter?',
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
});
