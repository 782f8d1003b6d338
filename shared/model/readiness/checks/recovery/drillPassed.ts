import { drillCheck, named } from './drillCheck';

export const drillPassed = drillCheck({
  id: 'drill-passed',
  question: 'Did the last drill meet all its objectives?',
  why: 'A drill that failed and was not repeated says that data would be lost today.',
  severity: 'critical',
  effort: 'days',
  remedy: 'Mend what failed, then run the drill again.',
  rule: (latest) => {
    const reason = `${named(latest)}: ${latest.reason}`;
    switch (latest.result) {
      case 'passed':
        return { value: 'pass', reason };
      case 'failed':
        return { value: 'fail', reason, remedy: 'Mend what failed, then run the drill again.' };
      case 'incomplete':
        return { value: 'cannot-tell', reason, remedy: 'Run a drill to its end.' };
      default:
        return latest.result satisfies never;
    }
  },
});
