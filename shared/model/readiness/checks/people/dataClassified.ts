import { attestedCheck } from './attestedCheck';

export const dataClassified = attestedCheck({
  id: 'data-classified',
  group: 'people',
  question: 'Is it decided which data must be encrypted, with whose keys?',
  why: 'Without classes everything is encrypted alike: too weakly for what matters, too dearly for the rest.',
  how: 'Attach the classification.',
  severity: 'medium',
  effort: 'days',
  topics: ['at-rest'],
});
