import { lastsFor } from './lastsFor';
import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const lasts30 = chainCheck({
  id: 'certificates-last-30',
  question: 'Has every certificate more than 30 days left?',
  why: 'A month is what it takes where a certificate is renewed by hand, through people and tickets.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: (chain, _scan, now) => lastsFor(chain, 30, now),
});
