import { AwsError } from '../protocol/awsError';
import { writeXml, type Xml } from './xml';

/** What S3 says of a resource that is not there, and the like (API reference, "Error responses"). */
export const s3Errors = {
  /** A setting that a bucket does not have. */
  absent: {
    policy: () => new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404),
    publicAccessBlock: () =>
      new AwsError(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
        404,
      ),
    tagging: () => new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404),
  },
  noSuchBucket: () => new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404),
  noSuchKey: () => new AwsError('NoSuchKey', 'The specified key does not exist.', 404),
  invalidRange: () => new AwsError('InvalidRange', 'The requested range is not satisfiable', 416),
  methodNotAllowed: () =>
    new AwsError(
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      405,
    ),
  notImplemented: (what: string) =>
    new AwsError(
      'NotImplemented',
      `A header or query you provided implies functionality that is not implemented: ${what}`,
      501,
    ),
  invalidArgument: (message: string) => new AwsError('InvalidArgument', message),
  invalidBucketName: () => new AwsError('InvalidBucketName', 'The specified bucket is not valid.'),
  alreadyYours: () =>
    new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
    ),
  notEmpty: () =>
    new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409),
  badDigest: () =>
    new AwsError(
      'BadDigest',
      'The Content-MD5 or checksum value that you specified did not match what the server received.',
    ),
};

/** S3's names for what the JSON services call otherwise. */
const codes: Readonly<Record<string, { code: string; status: number; message?: string }>> = {
  MissingAuthenticationTokenException: {
    code: 'AccessDenied',
    status: 403,
    message: 'Access Denied',
  },
  IncompleteSignatureException: { code: 'AuthorizationHeaderMalformed', status: 400 },
  InvalidSignatureException: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  },
  UnrecognizedClientException: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The AWS Access Key Id you provided does not exist in our records.',
  },
  ExpiredTokenException: {
    code: 'ExpiredToken',
    status: 400,
    message: 'The provided token has expired.',
  },
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
};

/** An error as S3 writes it: its status and its XML. */
export function s3Error(
  error: AwsError,
  requestId: string,
  resource: string,
  /** S3 Control puts errors into a frame. */
  framed = false,
): { status: number; code: string; xml: string } {
  const skewed = /^Signature (expired|not yet current)/.test(error.message);
  const known = skewed
    ? {
        code: 'RequestTimeTooSkewed',
        status: 403,
        message: 'The difference between the request time and the current time is too large.',
      }
    : codes[error.code];
  const { code, status } = known ?? error;
  const members: Xml[] = [
    ['Code', code],
    ['Message', known?.message ?? error.message],
    ['Resource', resource],
    ['RequestId', requestId],
    ['HostId', Buffer.from(requestId).toString('base64')],
  ];
  return {
    status,
    code,
    xml: writeXml(framed ? ['ErrorResponse', [['Error', members]]] : ['Error', members]),
  };
}
