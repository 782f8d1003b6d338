import { AppError } from '../../shared/model/errors';

/** As IAM's permissions begin, but for API Gateway's second API, which shares those of the first. */
export type ServiceId =
  | 'kms'
  | 'sts'
  | 'cloudtrail'
  | 's3'
  | 'elasticloadbalancing'
  | 'cloudfront'
  | 'apigateway'
  | 'apigatewayv2'
  | 'logs'
  | 'cloudwatch'
  | 'sns';

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
    /^(Get|List|Describe|Lookup)/.test(operation) ||
    cryptographic.has(operation);
  return { service, operation, name: `${service}:${operation}`, writes: !harmless, input };
}

const services = new Map<string, ServiceId>([
  ['com.amazonaws.kms', 'kms'],
  ['com.amazonaws.sts', 'sts'],
  ['com.amazonaws.cloudtrail', 'cloudtrail'],
  ['com.amazonaws.s3', 's3'],
  ['com.amazonaws.elasticloadbalancingv2', 'elasticloadbalancing'],
  ['com.amazonaws.cloudfront', 'cloudfront'],
  ['com.amazonaws.apigateway', 'apigateway'],
  ['com.amazonaws.apigatewayv2', 'apigatewayv2'],
  ['com.amazonaws.cloudwatchlogs', 'logs'],
  ['com.amazonaws.cloudwatch', 'cloudwatch'],
  ['com.amazonaws.sns', 'sns'],
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
 * two, of which the first is named. API Gateway's are named for the HTTP method.
 */
export function permissionFor(name: string): string {
  if (/^apigateway(v2)?:Get/.test(name)) return 'apigateway:GET';
  return name === 'kms:ReEncrypt' ? 'kms:ReEncryptFrom' : name;
}
