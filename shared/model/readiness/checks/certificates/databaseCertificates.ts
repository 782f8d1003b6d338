import { postureCheck } from '../at-rest/postureCheck';
import { listItems, regionItems } from '../at-rest/postureItems';
import { endsVerdict } from './acmLasts';

export const databaseCertificates = postureCheck({
  id: 'rds-certificates-last',
  group: 'certificates',
  topics: ['certificates'],
  question: 'Does no database’s server certificate end within a month?',
  why: 'When a database’s certificate ends, clients that look at it can no longer connect.',
  remedy: {
    console: 'RDS > the database > Modify > Certificate authority.',
    cli: 'aws rds modify-db-instance --db-instance-identifier DB --ca-certificate-identifier rds-ca-rsa2048-g1',
    terraform: 'resource "aws_db_instance": ca_cert_identifier = "rds-ca-rsa2048-g1"',
  },
  severity: 'high',
  permissions: ['rds:DescribeDBInstances'],
  judge: (posture, { now }) =>
    regionItems(posture, ({ databases: { instances } }, where) =>
      listItems(instances, 'database', where, ({ arn, id, certificateEndsAt }) => ({
        id: arn,
        name: id,
        verdict:
          certificateEndsAt === undefined
            ? { value: 'cannot-tell', reason: 'AWS does not name its end.' }
            : endsVerdict(certificateEndsAt, now(where.connection)),
      })),
    ),
});
