import { postureCheck } from '../at-rest/postureCheck';
import { listItems, regionItems, told } from '../at-rest/postureItems';
import { lasts } from './acmLasts';

export const acmLast = postureCheck({
  id: 'acm-certificates-last',
  group: 'certificates',
  topics: ['certificates'],
  question: 'Does no certificate of ACM in use end within a month?',
  why: 'Imported certificates are renewed by nobody but you; others stop renewing when their validation record is gone.',
  remedy: {
    console:
      'ACM > Certificates > the certificate: see its renewal status; reimport, or mend the validation record.',
    cli: 'aws acm describe-certificate --certificate-arn ARN\naws acm import-certificate --certificate-arn ARN --certificate fileb://certificate.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem',
    terraform: 'resource "aws_acm_certificate": validation_method = "DNS"',
  },
  severity: 'high',
  permissions: ['acm:ListCertificates', 'acm:DescribeCertificate'],
  judge: (posture, { now }) =>
    regionItems(posture, ({ certificates }, where) =>
      listItems(certificates, 'certificate', where, ({ arn, domain, certificate }) => ({
        id: arn,
        name: domain,
        rests: [certificate],
        verdict: told(certificate, (one) => lasts(one, now(where.connection))),
      })),
    ),
});
