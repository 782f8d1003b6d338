import { attestedCheck } from './attestedCheck';

export const cryptographyReviewed = attestedCheck({
  id: 'cryptography-reviewed',
  group: 'people',
  question:
    'Has somebody reviewed within a year which suites, protocols and key lengths are in use, and whether they still hold?',
  why: 'What was strong falls, and a migration takes years; PCI DSS 12.3.3 asks for the review.',
  how: 'Attach the review, for instance with the CBOM of this program.',
  severity: 'medium',
  effort: 'hours',
  topics: ['inventory', 'in-transit'],
});
