import { IncompleteAnswer } from './answers';

/** What is known of a failed attempt before it becomes a sentence. */
export interface Failure {
  /** AWS's name of the error (`ThrottlingException`), where AWS answered in its protocol. */
  readonly awsCode?: string;
  readonly awsMessage?: string;
  readonly httpStatus?: number;
  readonly requestId?: string;
  /** Node's name of a failure on the way (`ECONNREFUSED`, `CERT_HAS_EXPIRED`). */
  readonly nodeCode?: string;
  readonly retryAfterMs?: number;
  readonly kind: FailureKind;
}

export type FailureKind =
  /** AWS answered with an error of its protocol. */
  | 'refusal'
  /** AWS refused because of its quota: surely not done. */
  | 'throttled'
  /** AWS answered with 5xx: done or not, nobody knows. */
  | 'server'
  /** No connection came about: surely not done. */
  | 'unconnected'
  /** The connection broke: done or not, nobody knows. */
  | 'broken'
  /** Connected, but no whole answer in time. */
  | 'timeout'
  /** An answer that is not AWS's protocol. */
  | 'garbage'
  /** A defect of ours. */
  | 'defect';

/** Marks an attempt that our own timer ended. */
export class AttemptTimeout extends Error {}

/**
 * Sorts whatever the SDK or Node throws. It goes by error names, codes and HTTP status, never by the
 * wording of Node's messages: Electron's Node has BoringSSL, whose texts differ from OpenSSL's.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof AttemptTimeout) return { kind: 'timeout' };
  if (error instanceof IncompleteAnswer) return { kind: 'garbage' };
  if (!(error instanceof Error)) return { kind: 'defect' };
  const sdk = error as SdkError;
  const httpStatus = sdk.$metadata?.httpStatusCode ?? sdk.$response?.statusCode;
  const requestId = sdk.$metadata?.requestId;
  const retryAfterMs = retryAfterOf(sdk.$response?.headers);
  const facts = {
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  const nodeCode = nodeCodeOf(sdk);
  if (nodeCode !== undefined) return { ...facts, nodeCode, kind: kindOfNodeCode(nodeCode) };
  if (httpStatus === undefined) {
    // The SDK's own timer for connecting: a TimeoutError without a code.
    return { kind: error.name === 'TimeoutError' ? 'unconnected' : 'defect' };
  }
  if (httpStatus === 429 || throttlingCodes.has(error.name)) {
    return { ...facts, ...named(sdk), kind: 'throttled' };
  }
  if (!isAwsError(sdk)) return { ...facts, kind: httpStatus >= 500 ? 'server' : 'garbage' };
  const server = httpStatus >= 500 || transientCodes.has(error.name);
  return { ...facts, ...named(sdk), kind: server ? 'server' : 'refusal' };
}

interface SdkError extends Error {
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly code?: unknown;
  readonly errors?: readonly unknown[];
}

/** An error that AWS named; a body that could not be read shows as a SyntaxError or without a name. */
function isAwsError(error: SdkError): boolean {
  return (
    error.$fault !== undefined &&
    !(error instanceof SyntaxError) &&
    !(error instanceof TypeError) &&
    /^[A-Za-z]\w*$/.test(error.name) &&
    error.name !== 'Error' &&
    error.name !== 'Unknown' &&
    error.name !== 'UnknownError'
  );
}

function named(error: SdkError): { awsCode: string; awsMessage: string } {
  // Control characters and length: the text may end up in a log, a table cell or a terminal.
  const awsMessage = error.message
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 600);
  // The SDK’s filler where AWS gave a code and no message.
  return { awsCode: error.name, awsMessage: awsMessage === 'UnknownError' ? '' : awsMessage };
}

const throttlingCodes = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
]);

const transientCodes = new Set(['DependencyTimeoutException', 'KMSInternalException']);

function nodeCodeOf(error: SdkError): string | undefined {
  if (typeof error.code === 'string') return error.code;
  // Several addresses were tried (RFC 8305); what the first said stands for all.
  const [first] = error.errors ?? [];
  const code = (first as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

function kindOfNodeCode(code: string): FailureKind {
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') return 'broken';
  if (code === 'ERR_STREAM_PREMATURE_CLOSE') return 'broken';
  if (code.startsWith('HPE_')) return 'garbage';
  if (unconnectedCodes.has(code) || isTlsCode(code)) return 'unconnected';
  return 'defect';
}

const unconnectedCodes = new Set([
  'EAI_AGAIN',
  'EAI_FAIL',
  'EADDRNOTAVAIL',
  'EACCES',
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPERM',
  'ETIMEDOUT',
]);

/** The TLS handshake failed: names of OpenSSL and BoringSSL, and of X.509 verification. */
export function isTlsCode(code: string): boolean {
  return (
    /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/.test(code) ||
    [
      'EPROTO',
      'HOSTNAME_MISMATCH',
      'INVALID_CA',
      'INVALID_PURPOSE',
      'PATH_LENGTH_EXCEEDED',
    ].includes(code)
  );
}

/** `retry-after` in seconds (RFC 9110, 10.2.3); a date or nonsense is left aside, a minute is the most. */
function retryAfterOf(headers: Readonly<Record<string, string>> | undefined): number | undefined {
  const text = headers?.['retry-after'];
  if (text === undefined || !/^\d{1,6}$/.test(text.trim())) return undefined;
  return Math.min(Number(text), 60) * 1000;
}
