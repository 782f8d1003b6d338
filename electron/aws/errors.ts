import { AppError, type ErrorCode, type ErrorDetail } from '../../shared/model/errors';
import { parseDenial } from './denial';
import { failureOf, isTlsCode, type Failure } from './failure';
import { permissionFor } from './operations';
import { refusalCode } from './refusalCodes';

/** Which call an error is about. */
export interface ErrorContext {
  /** `kms:DescribeKey`. */
  readonly operation: string;
  readonly writes: boolean;
  readonly connection: string;
  /** As in a sentence: `profile prod`, `the practice account`. */
  readonly connectionName: string;
  readonly region?: string;
  /** Where the request went, if it was an own endpoint. */
  readonly endpoint?: string | undefined;
  /** What to do when the credentials have run out: `Run "aws sso login --profile prod".` */
  readonly renewal: string;
}

/**
 * The one place where a failure of AWS or of the way there becomes an AppError: a closed code, a
 * sentence to act on, and the facts `operation`, `permission`, `awsCode`, `requestId`, `region` and
 * `connection`. What is an AppError already passes; what is a defect of ours is thrown as it is.
 */
export function toAppError(error: unknown, context: ErrorContext): AppError {
  if (error instanceof AppError) return error;
  const failure = failureOf(error);
  if (failure.kind === 'defect') throw error;
  const { code, message, permission } = sentence(failure, context);
  const detail: ErrorDetail = {
    operation: context.operation,
    connection: context.connection,
    ...(context.region === undefined ? {} : { region: context.region }),
    ...(permission === undefined ? {} : { permission }),
    ...(failure.awsCode === undefined ? {} : { awsCode: failure.awsCode }),
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
    ...(failure.nodeCode === undefined ? {} : { nodeCode: failure.nodeCode }),
    ...(failure.httpStatus === undefined ? {} : { httpStatus: failure.httpStatus }),
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  };
  return new AppError(code, message, detail, { cause: error });
}

interface Sentence {
  readonly code: ErrorCode;
  readonly message: string;
  readonly permission?: string;
}

function sentence(failure: Failure, context: ErrorContext): Sentence {
  const { operation } = context;
  const perhapsDone = context.writes
    ? ' It is not known whether AWS did it: look before trying again.'
    : '';
  switch (failure.kind) {
    case 'throttled':
      return {
        code: 'throttled',
        message: `AWS throttles ${operation}${inRegion(context)}: the account's request quota is used up. Wait a minute, or lower the share of the quota in the settings.`,
      };
    case 'unconnected':
      return { code: 'unreachable', message: unconnected(failure, context) };
    case 'broken':
      return {
        code: 'unreachable',
        message: `The connection to ${place(context)} broke during ${operation}. Check the network, proxy or VPN.${perhapsDone}`,
      };
    case 'timeout':
      return {
        code: 'timeout',
        message: `${capital(place(context))} did not answer ${operation} in time. Check the network, proxy or VPN, and try again.${perhapsDone}`,
      };
    case 'garbage':
      return {
        code: 'bad-response',
        message: `${capital(place(context))} answered ${operation} with something that is not AWS's protocol, such as a proxy's page. Check the endpoint and the network.${perhapsDone}`,
      };
    case 'server':
      return {
        code: failure.awsCode === undefined ? 'bad-response' : 'aws-error',
        message: `${capital(place(context))} failed at ${operation} (${failure.awsCode ?? `HTTP ${failure.httpStatus}`}). Try again later.${perhapsDone}`,
      };
    case 'refusal':
    case 'defect':
      break;
  }
  return refusal(failure, context);
}

function refusal(failure: Failure, context: ErrorContext): Sentence {
  const { awsCode = '', awsMessage = '' } = failure;
  const code = refusalCode(awsCode, awsMessage);
  const { operation, connectionName } = context;
  switch (code) {
    case 'denied':
      return denied(awsMessage, context);
    case 'clock-skew':
      return {
        code,
        message:
          "This machine's clock is too far from AWS's, so AWS refuses its signatures. Set the clock (switch on time synchronisation) and try again.",
      };
    case 'expired-credentials':
      return {
        code,
        message: `The credentials of ${connectionName} have expired. ${context.renewal}`,
      };
    case 'invalid-credentials':
      return {
        code,
        message: `AWS does not accept the credentials of ${connectionName}${inRegion(context)} (${awsCode}). Check the access key, and that the Region is enabled for the account.`,
      };
    case 'not-found':
      return { code, message: `AWS does not find what ${operation} names: ${said(awsMessage)}` };
    case 'wrong-state':
      return { code, message: `The key's state does not allow ${operation}: ${said(awsMessage)}` };
    case 'unsupported':
      return { code, message: `AWS cannot do ${operation} here: ${said(awsMessage)}` };
    case 'conflict':
      return {
        code,
        message: `AWS refuses ${operation}, which is in conflict with what exists: ${said(awsMessage)}`,
      };
    case 'limit-exceeded':
      return {
        code,
        message: `AWS refuses ${operation}, which would go beyond a limit: ${said(awsMessage)}`,
      };
    case undefined:
      break;
  }
  return {
    code: 'aws-error',
    message: `AWS refuses ${operation} (${awsCode}): ${said(awsMessage)}`,
  };
}

function denied(awsMessage: string, context: ErrorContext): Sentence {
  if (/MultiFactorAuthentication failed/i.test(awsMessage)) {
    return {
      code: 'mfa-required',
      message: `AWS did not accept the MFA code for ${context.connectionName}. Wait for the next code and try again.`,
    };
  }
  const denial = parseDenial(awsMessage);
  const permission = denial.permission ?? permissionFor(context.operation);
  const who = denial.principal ?? context.connectionName;
  const why = denial.reason ? `: ${denial.reason}` : '';
  return {
    code: 'denied',
    permission,
    message: `${capital(who)} may not do ${permission}${why}. Ask for the permission ${permission} in a policy of that principal or of the key.`,
  };
}

function unconnected({ nodeCode }: Failure, context: ErrorContext): string {
  const where = place(context);
  if (nodeCode === 'ENOTFOUND' || nodeCode === 'EAI_AGAIN' || nodeCode === 'EAI_FAIL') {
    return `The name of ${where} cannot be resolved (${nodeCode}). Check the network connection, the DNS and the Region's name.`;
  }
  if (nodeCode === 'ECONNREFUSED') {
    return `${capital(where)} refuses the connection (ECONNREFUSED). Check that the endpoint is right and that its server runs.`;
  }
  if (nodeCode !== undefined && isTlsCode(nodeCode)) {
    return `No trusted TLS connection to ${where} (${nodeCode}). Check the endpoint, this machine's clock, and whether a proxy that opens TLS needs its own CA certificate here.`;
  }
  return `${capital(where)} cannot be reached (${nodeCode ?? 'no connection in time'}). Check the network, proxy or VPN.`;
}

function place({ endpoint, operation, region }: ErrorContext): string {
  if (endpoint !== undefined) return `the endpoint ${hostOf(endpoint)}`;
  const service = serviceNames[operation.split(':')[0] ?? ''];
  return `AWS ${service ?? ''}${region === undefined ? '' : ` in ${region}`}`;
}

const serviceNames: Readonly<Record<string, string>> = {
  kms: 'KMS',
  sts: 'STS',
  cloudtrail: 'CloudTrail',
  s3: 'S3',
  s3control: 'S3',
  sso: 'IAM Identity Center',
  elasticloadbalancing: 'Elastic Load Balancing',
  cloudfront: 'CloudFront',
  apigateway: 'API Gateway',
  apigatewayv2: 'API Gateway',
  logs: 'CloudWatch Logs',
  cloudwatch: 'CloudWatch',
  sns: 'SNS',
  iam: 'IAM',
  ec2: 'EC2',
  rds: 'RDS',
  dynamodb: 'DynamoDB',
  secretsmanager: 'Secrets Manager',
  acm: 'Certificate Manager',
  servicequotas: 'Service Quotas',
  backup: 'Backup',
};

/** Host and port only: an address may carry a user name or a token. */
function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : 'that was given';
}

function inRegion({ region }: ErrorContext): string {
  return region === undefined ? '' : ` in ${region}`;
}

function said(awsMessage: string): string {
  const text = awsMessage === '' ? 'AWS gives no reason' : awsMessage;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function capital(text: string): string {
  // ARNs, names of operations and of hosts stay as they are.
  return /^(the|profile|environment) ?/.test(text) ? text[0]?.toUpperCase() + text.slice(1) : text;
}
