import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const signature = chainCheck({
  id: 'certificates-signature',
  question: 'Is every certificate signed with SHA-2 or better?',
  why: 'MD5 and SHA-1 can be collided: a second certificate with the same signature has been made.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform:
      'resource "aws_acm_certificate": validation_method = "DNS", and aws_acm_certificate_validation',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: ({ chain: [own] }) => {
    if (own === undefined || own.signatureAlgorithm === '') {
      return { value: 'cannot-tell', reason: 'The signature could not be read.' };
    }
    const { signatureHash = '', signatureAlgorithm } = own;
    return /^(MD2|MD4|MD5|SHA-?1)$/i.test(signatureHash)
      ? {
          value: 'fail',
          reason: `Signed with ${signatureAlgorithm}.`,
          remedy: 'Have it issued anew.',
        }
      : { value: 'pass', reason: `Signed with ${signatureAlgorithm}.` };
  },
});
