import { attestedCheck } from '../people/attestedCheck';

export const recoveryDocumented = attestedCheck({
  id: 'recovery-documented',
  group: 'recovery',
  question: 'Is it written down how data is brought back when a key is lost?',
  why: 'A recovery that is in one person’s head ends with that person’s holiday.',
  how: 'Attach the procedure, such as the plan of a recovery drill.',
  severity: 'high',
  effort: 'days',
  topics: ['recovery'],
});
