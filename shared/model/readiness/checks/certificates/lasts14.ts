import { lastsFor } from './lastsFor';
import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const lasts14 = chainCheck({
  id: 'certificates-last-14',
  question: 'Has every certificate more than 14 days left?',
  why: 'Two weeks before its end a certificate that should renew itself has failed to.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: (chain, _scan, now) => lastsFor(chain, 14, now),
});
