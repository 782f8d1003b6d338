import { attestedCheck } from './attestedCheck';

export const dutiesRotate = attestedCheck({
  id: 'duties-rotate',
  group: 'people',
  question:
    'Do the duties of key administration change hands, and does somebody else do them during leave?',
  why: 'Long abuse comes to light when somebody else does the work for a while.',
  how: 'Write down who takes over when, and attach the plan.',
  severity: 'low',
  effort: 'days',
  topics: ['separation'],
});
