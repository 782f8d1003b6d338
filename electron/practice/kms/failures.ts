import { AwsError } from '../protocol/awsError';

/** What KMS answers to a request over its quota. */
export function throttled(): AwsError {
  return new AwsError(
    'ThrottlingException',
    'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  );
}

/** What KMS answers where it fails by itself. */
export function internalError(): AwsError {
  return new AwsError(
    'KMSInternalException',
    'The request was rejected because an internal exception occurred. The request can be retried.',
    500,
  );
}
