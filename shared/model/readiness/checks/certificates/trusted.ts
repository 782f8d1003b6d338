import { chainRule } from './chainRule';
import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const trusted = chainCheck({
  id: 'certificates-trusted',
  question: 'Is every chain trusted?',
  why: 'A chain that leads to no known root is refused by clients, or by those that do not look.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: (chain, scan) => chainRule(chain, scan, { trusted: true }),
});
