import { postureCheck } from '../at-rest/postureCheck';
import { accountItems, listItems } from '../at-rest/postureItems';
import { endsVerdict } from './acmLasts';

export const iamCertificates = postureCheck({
  id: 'iam-certificates-last',
  cis: ['2.17'],
  group: 'certificates',
  topics: ['certificates'],
  question: 'Does no server certificate in IAM end within a month?',
  why: 'Certificates in IAM are renewed by nobody, and shown in no console.',
  remedy: {
    console: 'None: IAM server certificates are not shown in the console. Move them to ACM.',
    cli: 'aws iam list-server-certificates\naws acm import-certificate --certificate fileb://certificate.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem\n# once nothing uses the old one: aws iam delete-server-certificate --server-certificate-name NAME',
    terraform: 'resource "aws_acm_certificate" in place of "aws_iam_server_certificate"',
  },
  severity: 'high',
  permissions: ['iam:ListServerCertificates'],
  judge: (posture, { now }) =>
    accountItems(posture, ({ identities }, where) =>
      listItems(identities.serverCertificates, 'server certificate', where, (one) => ({
        id: one.arn,
        name: one.name,
        verdict: endsVerdict(one.expiresAt, now(where.connection)),
      })),
    ),
});
