import { AwsError } from '../protocol/awsError';

/** A request that Athena refuses; `detail` becomes members beside the message. */
export class AthenaError extends AwsError {
  readonly detail: Readonly<Record<string, string>>;

  constructor(code: string, message: string, detail: Readonly<Record<string, string>>) {
    super(code, message);
    this.detail = detail;
  }
}

export function invalidRequest(message: string, athenaErrorCode = 'INVALID_INPUT'): AthenaError {
  return new AthenaError('InvalidRequestException', message, { AthenaErrorCode: athenaErrorCode });
}

export function tooManyQueries(): AthenaError {
  return new AthenaError(
    'TooManyRequestsException',
    'You have exceeded the limit for the number of queries you can run concurrently. Please reduce the number of concurrent queries submitted by this account, or contact customer support to request a concurrent query limit increase.',
    { Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED' },
  );
}
