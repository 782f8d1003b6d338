import { day } from '../../../keyVerdictParts';
import { drillCheck, named } from './drillCheck';

export const drillFindings = drillCheck({
  id: 'drill-findings-closed',
  question: 'Is every finding of a drill closed?',
  why: 'What a drill finds and nobody mends fails the next time in earnest.',
  severity: 'high',
  effort: 'days',
  remedy: 'Drills > the drill > Findings.',
  rule: (latest) => ({
    value: 'pass',
    reason: `Findings are kept; the last drill is ${named(latest)}. Each one that is open stands by itself.`,
  }),
  further: ({ findings }, now) =>
    findings.map(({ id, text, owner, due, drill, drillName, state }) => {
      const late = due < now.toISOString().slice(0, 10);
      const when = `${owner}, ${late ? 'was due' : 'due'} on ${day(due)}`;
      return {
        id: `drill finding ${drill} ${id}`,
        name: text.length > 80 ? `${text.slice(0, 79)}…` : text,
        verdict:
          state === 'open'
            ? {
                value: 'fail',
                reason: `Open since ${drillName}: ${when}.`,
                remedy: 'Mend it, then have another drill show that it is gone.',
              }
            : {
                value: 'cannot-tell',
                reason: `Its owner says it is mended; no drill since ${drillName} has shown it gone. ${when}.`,
                remedy: 'Have another drill show that it is gone, and name that drill.',
              },
      };
    }),
});
