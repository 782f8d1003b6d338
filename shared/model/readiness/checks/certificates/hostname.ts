import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const hostname = chainCheck({
  id: 'certificates-for-host',
  question: 'Is every certificate for the host that shows it?',
  why: 'Clients refuse another’s name, or have been told not to look, which is worse.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: ({ hostname: verdict }) => verdict,
});
