import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const notSelfSigned = chainCheck({
  id: 'certificates-not-self-signed',
  question: 'Is no certificate self-signed?',
  why: 'Nobody vouches for it: clients are taught to accept anything, and accept an attacker’s too.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: ({ chain: [own] }) =>
    own === undefined || own.subject === ''
      ? { value: 'cannot-tell', reason: 'The certificate could not be read.' }
      : own.selfSigned
        ? {
            value: 'fail',
            reason: `${own.subject} has signed itself.`,
            remedy: 'Have it issued by an authority.',
          }
        : { value: 'pass', reason: `Issued by ${own.issuer}.` },
});
