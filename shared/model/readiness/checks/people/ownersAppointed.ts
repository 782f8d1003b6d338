import { attestedCheck } from './attestedCheck';

export const ownersAppointed = attestedCheck({
  id: 'owners-appointed',
  group: 'people',
  question: 'Is an owner, with a deputy, appointed for keys, certificates and the log?',
  why: 'What everybody owns nobody looks after; and the one who knows is on leave when it breaks.',
  how: 'Have the appointment signed, with names and deputies, and attach it.',
  severity: 'high',
  effort: 'hours',
  topics: ['inventory', 'access'],
});
