import { attestedCheck } from './attestedCheck';

export const custodiansAcknowledged = attestedCheck({
  id: 'custodians-acknowledged',
  group: 'people',
  question: 'Have those who can manage keys acknowledged their duties in writing?',
  why: 'Who never signed for it can say that nobody told them; PCI DSS 3.7.8 asks for the signature.',
  how: 'Collect the signed acknowledgements and attach them.',
  severity: 'medium',
  effort: 'hours',
  topics: ['custodians'],
});
