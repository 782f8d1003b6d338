import { practiceAccountId } from '../account/account';
import { formPage, optionalXml, queryService } from '../edge/queryService';
import type { DatabaseRecord, Stock } from '../holdings/holdings';
import { AwsError } from '../protocol/awsError';
import type { Xml } from '../s3/xml';

/**
 * As much of RDS (Query protocol, API 2014-10-31) as the encryption and certificates of databases need:
 * DescribeDBInstances, DescribeDBClusters.
 */
export const rds = queryService<Stock>({
  scope: 'rds',
  namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
  operations: {
    DescribeDBInstances: {
      resource: (region) => `arn:aws:rds:${region}:${practiceAccountId}:db:*`,
      run(form, stock) {
        const found = named(stock.instances, form, 'DBInstanceIdentifier', 'DBInstanceNotFound');
        return pageXml('DBInstances', found, form, (one) => instanceXml(one, stock));
      },
    },
    DescribeDBClusters: {
      resource: (region) => `arn:aws:rds:${region}:${practiceAccountId}:cluster:*`,
      run(form, stock) {
        const code = 'DBClusterNotFoundFault';
        const found = named(stock.clusters, form, 'DBClusterIdentifier', code);
        return pageXml('DBClusters', found, form, (one) => clusterXml(one, stock));
      },
    },
  },
});

function named(
  all: readonly DatabaseRecord[],
  form: URLSearchParams,
  parameter: string,
  code: string,
): readonly DatabaseRecord[] {
  if (form.has('Filters.Filter.1.Name')) {
    throw new AwsError('InvalidParameterValue', 'Unrecognized filter name');
  }
  const id = form.get(parameter);
  if (id === null) return all;
  const found = all.filter((one) => one.id === id.toLowerCase());
  if (found.length > 0) return found;
  const what = parameter === 'DBInstanceIdentifier' ? 'DBInstance' : 'DBCluster';
  throw new AwsError(code, `${what} ${id.slice(0, 63)} not found.`, 404);
}

function pageXml(
  name: string,
  found: readonly DatabaseRecord[],
  form: URLSearchParams,
  xml: (one: DatabaseRecord) => Xml,
): Xml[] {
  const { items, next } = formPage(found, form, {
    size: 'MaxRecords',
    marker: 'Marker',
    least: 20,
    most: 100,
    usual: 100,
    code: 'InvalidParameterValue',
  });
  return [[name, items.map(xml)], ...optionalXml('Marker', next)];
}

function instanceXml(instance: DatabaseRecord, { accountId, region }: Stock): Xml {
  const { id, cluster, authority } = instance;
  return [
    'DBInstance',
    [
      ['DBInstanceIdentifier', id],
      ['DBInstanceClass', 'db.r7g.large'],
      ['DBInstanceStatus', 'available'],
      ['DBInstanceArn', `arn:aws:rds:${region}:${accountId}:db:${id}`],
      ['InstanceCreateTime', new Date(instance.createdAt).toISOString()],
      ...optionalXml('DBClusterIdentifier', cluster),
      ...optionalXml('CACertificateIdentifier', authority),
      ...common(instance),
    ],
  ];
}

function clusterXml(cluster: DatabaseRecord, { accountId, region }: Stock): Xml {
  return [
    'DBCluster',
    [
      ['DBClusterIdentifier', cluster.id],
      ['Status', 'available'],
      ['DBClusterArn', `arn:aws:rds:${region}:${accountId}:cluster:${cluster.id}`],
      ['ClusterCreateTime', new Date(cluster.createdAt).toISOString()],
      ...common(cluster),
    ],
  ];
}

function common(database: DatabaseRecord): Xml[] {
  const { engine, engineVersion, keyArn, authority, certificateEndsAt } = database;
  const certificate: Xml[] =
    authority === undefined || certificateEndsAt === undefined
      ? []
      : [
          [
            'CertificateDetails',
            [
              ['CAIdentifier', authority],
              ['ValidTill', new Date(certificateEndsAt).toISOString()],
            ],
          ],
        ];
  return [
    ['Engine', engine],
    ['EngineVersion', engineVersion],
    ['StorageEncrypted', keyArn !== undefined],
    ...optionalXml('KmsKeyId', keyArn),
    ...certificate,
    ['BackupRetentionPeriod', database.backupDays],
    ['DeletionProtection', database.deletionProtection],
    ['TagList', []],
  ];
}
