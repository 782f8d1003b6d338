import { symmetricQuotaPerSecond } from '../../shared/model/kmsQuotas';

/** The request quota that a call counts against; calls of one group share it. */
export interface Quota {
  /** `DescribeKey`, or the name of a shared group such as `CryptographicOperationsSymmetric`. */
  readonly group: string;
  /** Requests per second in one account and Region; Infinity where AWS documents none. */
  readonly perSecond: number;
}

/**
 * AWS's default request quota for one call. For KMS's cryptographic operations it depends on the
 * Region and, as far as the input tells, on the kind of key. An operation that is not in AWS's table
 * gets the smallest common value, so that something new is slow rather than a burden on production.
 * Sources: AWS KMS developer guide, "Request quotas" (per account, Region and second); Elastic Load
 * Balancing user guide, "Request throttling" (40 Describe calls at once; the rate here can be kept up);
 * API Gateway developer guide, "Quotas". CloudFront names none: as the others. CloudWatch user guide,
 * "CloudWatch service quotas" (DescribeAlarms 9, GetMetricData 50: the smaller for both), CloudWatch
 * Logs user guide, "Quotas" (DescribeMetricFilters 5), Amazon SNS quotas (ListSubscriptionsByTopic 30),
 * Athena user guide, "Service Quotas" (per API),
 * ACM user guide, "API rate quotas" (ListCertificates 8, DescribeCertificate 10: the smaller for both),
 * EC2 API reference, "Request throttling" (20 a second for calls that change nothing), Secrets Manager
 * user guide, "Request quotas" (ListSecrets 100). IAM, RDS, DynamoDB's tables, S3's buckets and AWS Backup
 * have no documented rate for their lists and descriptions: theirs here are small.
 */
export function quotaOf(
  service: string,
  operation: string,
  region: string,
  input: Readonly<Record<string, unknown>> = {},
): Quota {
  if (service === 'cloudtrail' && operation === 'LookupEvents') {
    return { group: operation, perSecond: 2 };
  }
  // One quota of 10 for all of API Gateway's management calls: half for each of its two APIs.
  if (service === 'apigateway' || service === 'apigatewayv2') {
    return { group: 'management', perSecond: 5 };
  }
  if (service === 'elasticloadbalancing') return { group: 'Describe', perSecond: 10 };
  if (service === 'cloudfront') return { group: 'management', perSecond: 10 };
  if (service === 's3')
    return { group: operation, perSecond: bucketCalls.has(operation) ? 100 : Infinity };
  const other = otherPerSecond[service];
  if (other !== undefined) return { group: operation, perSecond: other };
  if (service === 'athena') return { group: operation, perSecond: athenaPerSecond(operation) };
  if (service !== 'kms') return { group: operation, perSecond: Infinity };
  const algorithm = text(input['SigningAlgorithm']) || text(input['EncryptionAlgorithm']);
  const shared = sharedGroup(operation, algorithm);
  if (shared === 'CryptographicOperationsSymmetric') {
    return { group: shared, perSecond: symmetricQuotaPerSecond(region) };
  }
  if (shared) return { group: shared, perSecond: 1000 };
  if (operation.startsWith('GenerateDataKeyPair')) {
    return keyPairQuota(text(input['KeyPairSpec']));
  }
  return { group: operation, perSecond: perSecondByOperation.get(operation) ?? 5 };
}

/** Requests per second that each operation of a service has for itself. */
const otherPerSecond: Readonly<Partial<Record<string, number>>> = {
  logs: 5,
  cloudwatch: 9,
  sns: 30,
  iam: 20,
  ec2: 20,
  rds: 10,
  dynamodb: 50,
  secretsmanager: 100,
  acm: 8,
  servicequotas: 5,
  backup: 10,
  s3control: 10,
};

/** S3's calls about buckets; those about objects have quotas that no reader of ours comes near. */
const bucketCalls = new Set([
  'GetBucketAcl',
  'GetBucketEncryption',
  'GetBucketLocation',
  'GetBucketPolicy',
  'GetBucketPolicyStatus',
  'GetBucketTagging',
  'GetBucketVersioning',
  'GetPublicAccessBlock',
  'ListBuckets',
]);

/** The request quotas of KMS that AWS/Usage counts against, by the name that it has there, a second. */
export function kmsQuotas(region: string): ReadonlyMap<string, number> {
  const shared = ['Symmetric', 'Rsa', 'Ecc'].map((kind): [string, number] => [
    `CryptographicOperations${kind}`,
    kind === 'Symmetric' ? symmetricQuotaPerSecond(region) : 1000,
  ]);
  return new Map([...shared, ...perSecondByOperation]);
}

function athenaPerSecond(operation: string): number {
  if (/^Get(QueryExecution|QueryResults)$/.test(operation)) return 100;
  return /^(Start|Stop)QueryExecution$/.test(operation) ? 20 : 5;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const symmetricOperations = new Set([
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GenerateRandom',
  'ReEncrypt',
  'VerifyMac',
]);

/** Calls that share one quota; which one an asymmetric call counts against shows in its algorithm. */
function sharedGroup(operation: string, algorithm: string): string | undefined {
  if (algorithm.startsWith('RSA')) return 'CryptographicOperationsRsa';
  if (algorithm.startsWith('ML_DSA')) return 'CryptographicOperationsMlDsa';
  if (/^(ECDSA|ED25519|SM2)/.test(algorithm)) return 'CryptographicOperationsEcc';
  if (symmetricOperations.has(operation)) return 'CryptographicOperationsSymmetric';
  if (operation === 'Sign' || operation === 'Verify' || operation === 'DeriveSharedSecret') {
    return 'CryptographicOperationsEcc';
  }
  if (operation === 'Encapsulate' || operation === 'Decapsulate') {
    return 'CryptographicOperationsMlKem';
  }
  return undefined;
}

function keyPairQuota(spec: string): Quota {
  if (spec.startsWith('ECC')) return { group: 'GenerateDataKeyPair ECC', perSecond: 100 };
  const perSecond = spec === 'RSA_2048' ? 20 : spec === 'RSA_3072' ? 4 : 1;
  return { group: `GenerateDataKeyPair ${spec}`, perSecond };
}

const perSecondByOperation = new Map<string, number>([
  ...at(2000, 'DescribeKey', 'GetPublicKey', 'ListResourceTags'),
  ...at(1000, 'GetKeyPolicy', 'GetKeyRotationStatus'),
  ...at(500, 'ListKeys', 'ListAliases'),
  ...at(100, 'ListGrants', 'ListKeyRotations', 'ListKeyPolicies', 'ListRetirableGrants'),
  ...at(50, 'CreateGrant', 'RetireGrant', 'RevokeGrant'),
  ...at(15, 'ScheduleKeyDeletion', 'PutKeyPolicy', 'EnableKeyRotation', 'ImportKeyMaterial'),
  ...at(15, 'DeleteImportedKeyMaterial', 'DeleteAlias'),
  ...at(10, 'TagResource'),
  ...at(5, 'GetKeyLastUsage', 'CancelKeyDeletion', 'EnableKey', 'DisableKey', 'DisableKeyRotation'),
  ...at(5, 'RotateKeyOnDemand', 'ReplicateKey', 'UpdatePrimaryRegion', 'CreateKey', 'CreateAlias'),
  ...at(5, 'UpdateAlias', 'UpdateKeyDescription', 'UntagResource', 'CreateCustomKeyStore'),
  ...at(5, 'ConnectCustomKeyStore', 'DeleteCustomKeyStore', 'DescribeCustomKeyStores'),
  ...at(5, 'DisconnectCustomKeyStore', 'UpdateCustomKeyStore'),
  ...at(1, 'GetParametersForImport'),
]);

function at(perSecond: number, ...operations: string[]): [string, number][] {
  return operations.map((operation) => [operation, perSecond]);
}
