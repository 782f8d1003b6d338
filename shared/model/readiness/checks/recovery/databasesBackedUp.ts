import { postureCheck } from '../at-rest/postureCheck';
import { listItems, regionItems } from '../at-rest/postureItems';

export const databasesBackedUp = postureCheck({
  id: 'databases-backed-up',
  group: 'recovery',
  topics: ['recovery'],
  question: 'Is every database backed up by itself?',
  why: 'Without automatic backups there is no way back to yesterday, with whatever key.',
  remedy: {
    console: 'RDS > the database > Modify > Backup retention period.',
    cli: 'aws rds modify-db-instance --db-instance-identifier DB --backup-retention-period 14',
    terraform: 'resource "aws_db_instance": backup_retention_period = 14',
  },
  severity: 'high',
  permissions: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters'],
  judge: (posture) =>
    regionItems(posture, ({ databases: { instances, clusters } }, where) =>
      [instances, clusters].flatMap((list) =>
        listItems(list, 'database', where, ({ arn, id, backupDays, cluster, replicaOf }) => ({
          id: arn,
          name: id,
          verdict:
            cluster !== undefined
              ? { value: 'not-applicable', reason: `Backed up with its cluster ${cluster}.` }
              : replicaOf !== undefined && backupDays === 0
                ? {
                    value: 'not-applicable',
                    reason: `Backed up with ${replicaOf}, which it follows.`,
                  }
                : backupDays === undefined
                  ? { value: 'cannot-tell', reason: 'AWS does not say for how long.' }
                  : backupDays > 0
                    ? { value: 'pass', reason: `Backups are kept for ${backupDays} days.` }
                    : { value: 'fail', reason: 'No backups are kept.', remedy: 'Switch them on.' },
        })),
      ),
    ),
});
