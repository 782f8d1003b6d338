import { encryptedVerdict } from './encryptedVerdict';
import { postureCheck } from './postureCheck';
import { listItems, regionItems } from './postureItems';

export const databases = postureCheck({
  id: 'databases-encrypted',
  cis: ['3.2.1'],
  question: 'Is the storage of every database encrypted?',
  why: 'The storage of a database, its backups and its replicas are encrypted or plain together, and it can be chosen only when it is made.',
  remedy: {
    console: 'RDS > Snapshots > Copy snapshot: Enable encryption; restore from the copy.',
    cli: 'aws rds copy-db-snapshot --source-db-snapshot-identifier SNAPSHOT --target-db-snapshot-identifier COPY --kms-key-id KEY\naws rds restore-db-instance-from-db-snapshot --db-instance-identifier NEW --db-snapshot-identifier COPY',
    terraform: 'resource "aws_db_instance": storage_encrypted = true, kms_key_id',
  },
  severity: 'critical',
  effort: 'days',
  permissions: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters'],
  judge: (posture) =>
    regionItems(posture, ({ databases: { instances, clusters } }, where) =>
      [instances, clusters].flatMap((list, index) =>
        listItems(list, index === 0 ? 'database' : 'database cluster', where, (one) => ({
          id: one.arn,
          name: one.id,
          verdict: encryptedVerdict(one.encrypted, one.keyId),
        })),
      ),
    ),
});
