import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const complete = chainCheck({
  id: 'certificates-complete',
  question: 'Does every server send its whole chain?',
  why: 'Browsers fetch what is missing; programs do not, and fail.',
  remedy: {
    console: 'Install the certificate with the ones above it (fullchain).',
    cli: 'aws acm import-certificate --certificate-arn ARN --certificate fileb://certificate.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem',
    terraform: 'resource "aws_acm_certificate": certificate_chain',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: ({ complete, notes = [] }) =>
    complete === 'unknown'
      ? { value: 'cannot-tell', reason: 'No store knows the issuer, so it cannot be told.' }
      : complete === 'yes'
        ? { value: 'pass', reason: 'The chain is whole.' }
        : {
            value: 'fail',
            reason: notes[0] ?? 'A certificate between the server’s own and the root is not sent.',
            remedy: 'Send the whole chain.',
          },
});
