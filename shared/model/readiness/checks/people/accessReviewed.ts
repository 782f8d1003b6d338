import { attestedCheck } from './attestedCheck';

export const accessReviewed = attestedCheck({
  id: 'access-reviewed',
  group: 'people',
  question: 'Has somebody reviewed within half a year who may administer and use keys?',
  why: 'Access is given for a project and stays after it.',
  how: 'Attach the review with its date and what was taken away.',
  severity: 'medium',
  effort: 'hours',
  topics: ['access-review'],
  shelfLifeHours: 184 * 24,
});
