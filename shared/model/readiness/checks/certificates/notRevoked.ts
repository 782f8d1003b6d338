import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const notRevoked = chainCheck({
  id: 'certificates-not-revoked',
  question: 'Is no certificate revoked, as far as its authority says?',
  why: 'A revoked certificate says that its key is lost or its holder is not who it says.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'critical',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: ({ revocation: verdict }) => verdict,
});
