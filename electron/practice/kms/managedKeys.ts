import { randomUUID } from 'node:crypto';
import type { Keyring } from './keyring';
import { dayMs } from './lifecycle';
import type { KeyRecord } from './model';
import { formatPolicy } from './policy';
import { newMaterial } from './rotation';

/** What AWS managed keys protect, by the name of the service in their alias (`alias/aws/s3`). */
const protects: Readonly<Record<string, string>> = {
  acm: 'ACM private keys',
  backup: 'Backup data',
  codecommit: 'CodeCommit repositories',
  dms: 'DMS data',
  dynamodb: 'DynamoDB data',
  ebs: 'EBS volumes',
  elasticfilesystem: 'EFS filesystems',
  es: 'Elasticsearch data',
  fsx: 'FSx resources',
  glue: 'Glue data',
  kafka: 'Kafka data',
  kinesis: 'Kinesis streams',
  lambda: 'Lambda functions',
  rds: 'RDS database volumes',
  redshift: 'Redshift clusters',
  s3: 'S3 objects',
  secretsmanager: 'Secrets Manager data',
  sns: 'SNS data',
  sqs: 'SQS messages',
  ssm: 'SSM parameters',
  workspaces: 'WorkSpaces volumes',
  xray: 'X-Ray data',
};

/** The service that a reserved alias belongs to; undefined for any other name. */
export function serviceOfAlias(name: string): string | undefined {
  const service = /^alias\/aws\/([a-z0-9]+)$/.exec(name)?.[1];
  return service !== undefined && Object.hasOwn(protects, service) ? service : undefined;
}

/** The key that AWS makes when a service first needs one; it rotates it yearly. */
export function newManagedKey(
  accountId: string,
  region: string,
  service: string,
  createdAt: number,
): KeyRecord {
  return {
    region,
    keyId: randomUUID(),
    accountId,
    description: `Default key that protects my ${protects[service] ?? service} when no other key is defined`,
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    managedBy: service,
    createdAt,
    state: 'Enabled',
    rotation: { enabled: true, periodDays: 365, nextDate: createdAt + 365 * dayMs },
    policy: managedKeyPolicy(accountId, region, service),
    tags: [],
    materials: [newMaterial(createdAt)],
  };
}

/** Takes it in, under its reserved alias. */
export function putManagedKey(ring: Keyring, key: KeyRecord): void {
  const { region, keyId, createdAt, managedBy } = key;
  ring.put(key);
  ring.putAlias({
    region,
    name: `alias/aws/${managedBy}`,
    targetKeyId: keyId,
    createdAt,
    updatedAt: createdAt,
  });
}

/**
 * The policy that AWS gives the managed key of a service, as GetKeyPolicy shows it: the account's users
 * may look at the key, use and change of it are the service's own.
 */
function managedKeyPolicy(accountId: string, region: string, service: string): string {
  return formatPolicy({
    Version: '2012-10-17',
    Id: `auto-${service}-2`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': accountId,
            'kms:ViaService': `${service}.${region}.amazonaws.com`,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  });
}
