import { attestedCheck } from './attestedCheck';

export const procedureDocumented = attestedCheck({
  id: 'procedure-documented',
  group: 'people',
  question: 'Is it written down how keys are made, rotated, retired and destroyed?',
  why: 'Without a procedure each team has its own, and the auditor finds none.',
  how: 'Attach the procedure as it was approved.',
  severity: 'high',
  effort: 'days',
  topics: ['inventory', 'rotation', 'retirement'],
});
