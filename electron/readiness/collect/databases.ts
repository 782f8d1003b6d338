import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  type DBCluster,
  type DBInstance,
} from '@aws-sdk/client-rds';
import type { Database, RegionPosture } from '../../../shared/model/readiness/posture/region';
import { pages } from '../../aws/pages';
import type { Asker } from './ask';
import { iso, needed, said, tagsOf } from './parts';

/** Asks RDS for the databases of one Region: instances, and the clusters that some belong to. */
export async function collectDatabases(
  { ask }: Asker,
  region: string,
): Promise<RegionPosture['databases']> {
  const [instances, clusters] = await Promise.all([
    ask(region, async (send) => {
      const found: Database[] = [];
      const lists = pages(
        'rds:DescribeDBInstances',
        (Marker) => send(new DescribeDBInstancesCommand({ MaxRecords: 100, Marker })),
        ({ Marker }) => Marker,
      );
      for await (const { DBInstances = [] } of lists) found.push(...DBInstances.map(instanceFacts));
      return found;
    }),
    ask(region, async (send) => {
      const found: Database[] = [];
      const lists = pages(
        'rds:DescribeDBClusters',
        (Marker) => send(new DescribeDBClustersCommand({ MaxRecords: 100, Marker })),
        ({ Marker }) => Marker,
      );
      for await (const { DBClusters = [] } of lists) found.push(...DBClusters.map(clusterFacts));
      return found;
    }),
  ]);
  return { instances, clusters };
}

function instanceFacts(instance: DBInstance): Database {
  return {
    ...common(instance, instance.DBInstanceArn, instance.DBInstanceIdentifier),
    ...said({
      cluster: instance.DBClusterIdentifier,
      replicaOf:
        instance.ReadReplicaSourceDBInstanceIdentifier ??
        instance.ReadReplicaSourceDBClusterIdentifier,
      authority: instance.CACertificateIdentifier ?? instance.CertificateDetails?.CAIdentifier,
    }),
  };
}

/** Only clusters of Multi-AZ instances have a certificate of their own; Aurora's instances have theirs. */
function clusterFacts(cluster: DBCluster): Database {
  return {
    ...common(cluster, cluster.DBClusterArn, cluster.DBClusterIdentifier),
    ...said({ authority: cluster.CertificateDetails?.CAIdentifier }),
  };
}

function common(database: DBInstance | DBCluster, arn: string | undefined, id: string | undefined) {
  return {
    arn: needed(arn, 'rds:Describe', 'ARN'),
    id: id ?? '',
    engine: database.Engine ?? '',
    tags: tagsOf(database.TagList),
    ...said({
      // Under a key that AWS owns the flag says no (RDS API reference, DBCluster); it is encrypted.
      encrypted: database.StorageEncryptionType === 'sse-rds' ? true : database.StorageEncrypted,
      keyId: database.KmsKeyId,
      certificateEndsAt: iso(database.CertificateDetails?.ValidTill),
      backupDays: database.BackupRetentionPeriod,
      deletionProtection: database.DeletionProtection,
    }),
  };
}
