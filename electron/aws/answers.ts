import type { Operation } from './operations';

/**
 * Checks that an answer holds what AWS always sends for the operation. The SDK takes `{}` from a
 * proxy or a wrong endpoint as an answer without members, and "no keys" is not what that means.
 * Throws IncompleteAnswer.
 */
export function checkAnswer(operation: Operation, output: unknown): void {
  const members = always[operation.name];
  if (!members) return;
  for (const [member, isRight] of Object.entries(members)) {
    if (!isRight((output as Record<string, unknown> | undefined)?.[member])) {
      throw new IncompleteAnswer(`${operation.name} without ${member}`);
    }
  }
}

/** An answer without what AWS always sends: something else answered. */
export class IncompleteAnswer extends Error {}

type Check = (value: unknown) => boolean;
const list: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
const names: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const object: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Check = (value) => typeof value === 'string' && value !== '';
const flag: Check = (value) => typeof value === 'boolean';
const bytes: Check = (value) => value instanceof Uint8Array && value.length > 0;
const keyMetadata: Check = (value) => object(value) && text((value as { KeyId?: unknown }).KeyId);

const always: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  'kms:ListKeys': { Keys: list },
  'kms:ListAliases': { Aliases: list },
  'kms:ListGrants': { Grants: list },
  'kms:ListKeyRotations': { Rotations: list },
  'kms:ListResourceTags': { Tags: list },
  'kms:DescribeKey': { KeyMetadata: keyMetadata },
  'kms:CreateKey': { KeyMetadata: keyMetadata },
  'kms:GetKeyPolicy': { Policy: text },
  'kms:GetKeyRotationStatus': { KeyRotationEnabled: flag },
  'kms:GetPublicKey': { PublicKey: bytes },
  'kms:Encrypt': { CiphertextBlob: bytes },
  'kms:ReEncrypt': { CiphertextBlob: bytes },
  'kms:Decrypt': { Plaintext: bytes },
  'kms:GenerateDataKey': { Plaintext: bytes, CiphertextBlob: bytes },
  'kms:GenerateDataKeyWithoutPlaintext': { CiphertextBlob: bytes },
  'kms:GenerateRandom': { Plaintext: bytes },
  'kms:Sign': { Signature: bytes },
  'kms:ScheduleKeyDeletion': { KeyId: text },
  'kms:CancelKeyDeletion': { KeyId: text },
  'sts:GetCallerIdentity': { Account: text, Arn: text, UserId: text },
  'cloudtrail:LookupEvents': { Events: list },
  'cloudtrail:DescribeTrails': { trailList: list },
  'cloudtrail:GetTrailStatus': { IsLogging: flag },
  'logs:DescribeMetricFilters': { metricFilters: list },
  'cloudwatch:DescribeAlarms': { MetricAlarms: list },
  'cloudwatch:GetMetricData': { MetricDataResults: list },
  'athena:StartQueryExecution': { QueryExecutionId: text },
  'athena:GetQueryExecution': { QueryExecution: object },
  'athena:ListWorkGroups': { WorkGroups: list },
  'athena:GetWorkGroup': { WorkGroup: object },
  'sns:ListSubscriptionsByTopic': { Subscriptions: list },
  'logs:DescribeLogGroups': { logGroups: list },
  'iam:GetAccountSummary': { SummaryMap: object },
  'iam:GetAccountAuthorizationDetails': { UserDetailList: list, RoleDetailList: list },
  'iam:ListServerCertificates': { ServerCertificateMetadataList: list },
  's3:ListBuckets': { Buckets: list },
  'ec2:DescribeVolumes': { Volumes: list },
  'ec2:DescribeSnapshots': { Snapshots: list },
  'ec2:GetEbsEncryptionByDefault': { EbsEncryptionByDefault: flag },
  'rds:DescribeDBInstances': { DBInstances: list },
  'rds:DescribeDBClusters': { DBClusters: list },
  'dynamodb:ListTables': { TableNames: names },
  'dynamodb:DescribeTable': { Table: object },
  'secretsmanager:ListSecrets': { SecretList: list },
  'acm:ListCertificates': { CertificateSummaryList: list },
  'acm:DescribeCertificate': { Certificate: object },
  'servicequotas:GetServiceQuota': { Quota: object },
  'backup:ListBackupVaults': { BackupVaultList: list },
  'backup:ListProtectedResources': { Results: list },
  'backup:ListRecoveryPointsByBackupVault': { RecoveryPoints: list },
  'backup:ListBackupPlans': { BackupPlansList: list },
  'backup:GetBackupPlan': { BackupPlan: object },
  'backup:ListBackupSelections': { BackupSelectionsList: list },
};
