import { chainRule } from './chainRule';
import { weekHours } from '../../check';
import { chainCheck } from './chainCheck';

export const keySize = chainCheck({
  id: 'certificates-key-size',
  question: 'Has every certificate a key of 2048 bits (RSA) or 256 bits (curves) or more?',
  why: 'Shorter keys can be factored, or soon can be.',
  remedy: {
    console: 'ACM > Certificates > Request; then the listener > Edit: Default certificate.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS',
    terraform: 'resource "aws_acm_certificate": key_algorithm = "EC_prime256v1"',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['certificates'],
  rule: (chain, scan) => {
    const type = chain.chain[0]?.key.type ?? '';
    if (/^(Ed|ML-DSA)/.test(type)) return { value: 'pass', reason: `The key is ${type}.` };
    return chainRule(
      chain,
      scan,
      type.startsWith('EC') ? { minimumCurveBits: 256 } : { minimumRsaBits: 2048 },
    );
  },
});
