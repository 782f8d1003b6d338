import { drillCheck, named } from './drillCheck';

export const drillFindings = drillCheck({
  id: 'drill-findings-closed',
  question: 'Are all findings of the last drill closed?',
  why: 'What a drill finds and nobody mends fails the next time in earnest.',
  severity: 'high',
  effort: 'days',
  remedy: 'Drills > the drill > Findings.',
  rule: (latest) => {
    const { openFindings } = latest;
    const reason = `${named(latest)}: ${openFindings} open.`;
    return openFindings === 0
      ? { value: 'pass', reason }
      : { value: 'fail', reason, remedy: 'Mend and close what is open.' };
  },
});
