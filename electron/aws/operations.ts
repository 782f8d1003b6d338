import { AppError } from '../../shared/model/errors';

/** As IAM's permissions begin, but for API Gateway's second API, which shares those of the first. */
export type ServiceId =
  | 'kms'
  | 'sts'
  | 'cloudtrail'
  | 's3'
  | 's3control'
  | 'elasticloadbalancing'
  | 'cloudfront'
  | 'apigateway'
  | 'apigatewayv2'
  | 'logs'
  | 'cloudwatch'
  | 'sns'
  | 'iam'
  | 'ec2'
  | 'rds'
  | 'dynamodb'
  | 'secretsmanager'
  | 'acm'
  | 'servicequotas'
  | 'athena'
  | 'backup';

/** What a command asks for, read from the command object itself. */
export interface Operation {
  readonly service: ServiceId;
  /** `DescribeKey`. */
  readonly operation: string;
  /** As IAM and the journal name it: `kms:DescribeKey`. */
  readonly name: string;
  /** It changes something at AWS: it is put in the journal and not repeated lightly. */
  readonly writes: boolean;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Reads service and operation of an SDK command from its schema, which survives bundling (class
 * names do not). What is not known to be harmless counts as a write; a call with `DryRun` is none.
 */
export function operationOf(command: { readonly input: object }): Operation {
  const schema = (command as { readonly schema?: unknown }).schema;
  const [, namespace, operation] = Array.isArray(schema) ? (schema as unknown[]) : [];
  const service = services.get(String(namespace));
  if (!service || typeof operation !== 'string') {
    throw new AppError('internal', 'This is not a command of a known AWS service.');
  }
  const input = command.input as Readonly<Record<string, unknown>>;
  const harmless =
    input['DryRun'] === true ||
    service === 'sts' ||
    /^(Get|List|Describe|Lookup|Head)/.test(operation) ||
    operation === 'GenerateCredentialReport' ||
    cryptographic.has(operation);
  return { service, operation, name: `${service}:${operation}`, writes: !harmless, input };
}

const services = new Map<string, ServiceId>([
  ['com.amazonaws.kms', 'kms'],
  ['com.amazonaws.sts', 'sts'],
  ['com.amazonaws.cloudtrail', 'cloudtrail'],
  ['com.amazonaws.s3', 's3'],
  ['com.amazonaws.s3control', 's3control'],
  ['com.amazonaws.elasticloadbalancingv2', 'elasticloadbalancing'],
  ['com.amazonaws.cloudfront', 'cloudfront'],
  ['com.amazonaws.apigateway', 'apigateway'],
  ['com.amazonaws.apigatewayv2', 'apigatewayv2'],
  ['com.amazonaws.cloudwatchlogs', 'logs'],
  ['com.amazonaws.cloudwatch', 'cloudwatch'],
  ['com.amazonaws.sns', 'sns'],
  ['com.amazonaws.iam', 'iam'],
  ['com.amazonaws.ec2', 'ec2'],
  ['com.amazonaws.rds', 'rds'],
  ['com.amazonaws.dynamodb', 'dynamodb'],
  ['com.amazonaws.secretsmanager', 'secretsmanager'],
  ['com.amazonaws.acm', 'acm'],
  ['com.amazonaws.servicequotas', 'servicequotas'],
  ['com.amazonaws.athena', 'athena'],
  ['com.amazonaws.backup', 'backup'],
]);

/** KMS operations that use a key and change nothing. */
const cryptographic = new Set([
  'Decapsulate',
  'Decrypt',
  'DeriveSharedSecret',
  'Encapsulate',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GenerateRandom',
  'ReEncrypt',
  'Sign',
  'Verify',
  'VerifyMac',
]);

/**
 * The permission that AWS checks for an operation, for when its message does not say. ReEncrypt has
 * two, of which the first is named. API Gateway's are named for the HTTP method, and some of S3's for
 * something else than their operation.
 */
export function permissionFor(name: string): string {
  if (/^apigateway(v2)?:Get/.test(name)) return 'apigateway:GET';
  return permissions[name] ?? name;
}

/** Source: service authorization reference, "Actions, resources, and condition keys for Amazon S3". */
const permissions: Readonly<Record<string, string>> = {
  'kms:ReEncrypt': 'kms:ReEncryptFrom',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectsV2': 's3:ListBucket',
};
