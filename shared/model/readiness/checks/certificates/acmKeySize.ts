import { postureCheck } from '../at-rest/postureCheck';
import { listItems, regionItems, told } from '../at-rest/postureItems';
import { keySizeVerdict } from './acmKeySizeRule';

export const acmKeySize = postureCheck({
  id: 'acm-key-size',
  group: 'certificates',
  topics: ['certificates'],
  question: 'Has every certificate of ACM a key of 2048 bits (RSA) or 256 bits (curves) or more?',
  why: 'Shorter keys can be factored, or soon can be.',
  remedy: {
    console: 'ACM > Request a certificate with another key algorithm, or reimport.',
    cli: 'aws acm request-certificate --domain-name NAME --validation-method DNS --key-algorithm EC_prime256v1',
    terraform: 'resource "aws_acm_certificate": key_algorithm = "EC_prime256v1"',
  },
  severity: 'high',
  permissions: ['acm:ListCertificates', 'acm:DescribeCertificate'],
  judge: (posture) =>
    regionItems(posture, ({ certificates }, where) =>
      listItems(certificates, 'certificate', where, ({ arn, domain, certificate }) => ({
        id: arn,
        name: domain,
        rests: [certificate],
        verdict: told(certificate, ({ keyAlgorithm }) => keySizeVerdict(keyAlgorithm)),
      })),
    ),
});
