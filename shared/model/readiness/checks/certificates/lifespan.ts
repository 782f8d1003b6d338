import { chainRule } from './chainRule';
import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const lifespan = chainCheck({
  id: 'certificates-short-lived',
  question: 'Is every certificate valid for 398 days at most?',
  why: 'Long certificates outlive the people who know about them; authorities may issue no longer ones since 2020, and ever shorter ones since March 2026.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: (chain, scan) => chainRule(chain, scan, { maximumCertificateDays: 398 }),
});
