import { attestedCheck } from './attestedCheck';

export const incidentPlan = attestedCheck({
  id: 'incident-plan',
  group: 'people',
  question: 'Is it written down what to do when a key is compromised?',
  why: 'On the day it happens nobody has the time to find out which data it opened and who must be told.',
  how: 'Attach the plan: replacing the key, re-encrypting, telling those concerned.',
  severity: 'high',
  effort: 'days',
  topics: ['alarms', 'recovery'],
});
