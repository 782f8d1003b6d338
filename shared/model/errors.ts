import { z } from 'zod';

/**
 * Every way in which a call can fail, as the window and the command line know it.
 * A failure that fits none of these is a defect and becomes `internal`.
 */
export const errorCodes = [
  'bad-request', // the input does not fit the contract, or makes no sense
  'unknown-method', // nothing of that name in the contract
  'cancelled', // the caller gave up
  'no-credentials', // profile missing, incomplete or unreadable
  'expired-credentials', // session, SSO login or token has run out
  'invalid-credentials', // AWS does not know the access key or refuses the signature
  'clock-skew', // this machine's clock is too far from AWS's
  'mfa-required', // a code was needed and none was given
  'denied', // AWS says no; the missing permission is in detail.permission
  'throttled', // the request quota is used up, after all retries
  'unreachable', // no connection: DNS, refused, TLS, proxy
  'timeout', // connected, but no answer in time
  'unsupported', // AWS cannot do this for this kind of key, or in this Region
  'wrong-state', // the key's state forbids it
  'not-found', // no such key, alias, profile or record
  'conflict', // something exists already or is being changed
  'limit-exceeded', // a resource quota of the account
  'aws-error', // any other refusal or failure that AWS names
  'bad-response', // the other side answered, but not with what the protocol says
  'runtime-refused', // not allowed on the evaluation runtime
  'store-corrupt', // the database cannot be read
  'not-authentic', // data fails its own check: altered, cut, or not opened by this key or context
  'disk-full', // no space to write
  'file-failed', // a file could not be read or written
  'internal', // a defect of ours
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Facts that go with an error: strings, numbers and booleans only, never a secret. */
const detailValue = z.union([z.string(), z.number(), z.boolean()]);
export const errorDetailSchema = z.record(z.string(), detailValue);
export type ErrorDetail = z.infer<typeof errorDetailSchema>;

export const errorInfoSchema = z.object({
  code: errorCodeSchema,
  /** One or two sentences for a person: what is wrong and what to do. */
  message: z.string(),
  detail: errorDetailSchema.optional(),
});
/** An error as it crosses the boundary: code, sentence and facts; no stack, no path of the program. */
export type ErrorInfo = z.infer<typeof errorInfoSchema>;

/**
 * The one error class of the program. Anything else that is thrown is a defect.
 * Well-known `detail` names: `operation` (`kms:DescribeKey`), `permission`, `awsCode`, `requestId`,
 * `region`, `connection`, `retryAfterMs`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Turns anything thrown into what may cross the boundary; a defect shows only that it is one. Facts
 * that do not fit (undefined, NaN) are left out: the other side would not take the whole reply.
 */
export function toErrorInfo(error: unknown): ErrorInfo {
  if (error instanceof AppError) {
    const facts = Object.entries(error.detail).filter(
      ([, fact]) => detailValue.safeParse(fact).success,
    );
    return { code: error.code, message: error.message, detail: Object.fromEntries(facts) };
  }
  return {
    code: 'internal',
    message: 'Something went wrong inside Claviger. The log has the details; please report it.',
  };
}
