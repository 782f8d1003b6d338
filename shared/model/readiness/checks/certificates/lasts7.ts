import { lastsFor } from './lastsFor';
import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const lasts7 = chainCheck({
  id: 'certificates-last-7',
  question: 'Has every certificate more than 7 days left?',
  why: 'In a week clients will refuse the endpoint.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'critical',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: (chain, _scan, now) => lastsFor(chain, 7, now),
});
