import { readFileSync } from 'node:fs';
import * as kms from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { AttemptTimeout } from '../../../electron/aws/failure';
import { toAppError, type ErrorContext } from '../../../electron/aws/errors';
import { AppError, type ErrorCode } from '../../../shared/model/errors';

const context: ErrorContext = {
  operation: 'kms:DescribeKey',
  writes: false,
  connection: 'profile:prod',
  connectionName: 'profile prod',
  region: 'eu-central-1',
  renewal: 'Run "aws sso login --profile prod", then try again.',
};

/** An error as the SDK throws it for an answer of AWS. */
function answered(name: string, message = 'AWS says so', status = 400): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode: status, requestId: 'request-1' },
  });
}

const onTheWay = (code: string) => Object.assign(new Error('wording of one TLS library'), { code });

const expected: Readonly<Record<string, ErrorCode>> = {
  AccessDeniedException: 'denied',
  AlreadyExistsException: 'conflict',
  CloudHsmClusterInUseException: 'conflict',
  CloudHsmClusterNotActiveException: 'wrong-state',
  CloudHsmClusterNotFoundException: 'not-found',
  ConflictException: 'conflict',
  CustomKeyStoreHasCMKsException: 'conflict',
  CustomKeyStoreInvalidStateException: 'wrong-state',
  CustomKeyStoreNameInUseException: 'conflict',
  CustomKeyStoreNotFoundException: 'not-found',
  DisabledException: 'wrong-state',
  ExpiredTokenException: 'expired-credentials',
  IncompleteSignature: 'invalid-credentials',
  InvalidKeyUsageException: 'unsupported',
  InvalidSignatureException: 'invalid-credentials',
  KMSInvalidStateException: 'wrong-state',
  KeyUnavailableException: 'wrong-state',
  LimitExceededException: 'limit-exceeded',
  NotFoundException: 'not-found',
  OptInRequired: 'denied',
  RequestTimeTooSkewed: 'clock-skew',
  ThrottlingException: 'throttled',
  UnrecognizedClientException: 'invalid-credentials',
  UnsupportedOperationException: 'unsupported',
  XksKeyAlreadyInUseException: 'conflict',
  XksKeyNotFoundException: 'not-found',
  XksProxyUriEndpointInUseException: 'conflict',
  XksProxyUriInUseException: 'conflict',
  XksProxyVpcEndpointServiceInUseException: 'conflict',
  XksProxyVpcEndpointServiceNotFoundException: 'not-found',
};

/** The error classes of the SDK's KMS client: whatever a later version adds is tried as well. */
const classes = Object.keys(kms).filter(
  (name) => name.endsWith('Exception') && name !== 'KMSServiceException',
);

describe('an error that AWS names', () => {
  it('is one of at least 48 classes', () => {
    expect(classes.length).toBeGreaterThanOrEqual(48);
  });

  it.each([...new Set([...classes, ...Object.keys(expected)])])(
    '%s has a code and a sentence',
    (name) => {
      const error = toAppError(answered(name, 'arn:aws:kms:x is not right.'), context);
      expect(error.code).toBe(expected[name] ?? 'aws-error');
      expect(error.message).toMatch(/^[A-Z].*[.!]$/);
      expect(error.detail).toMatchObject({
        operation: 'kms:DescribeKey',
        connection: 'profile:prod',
        region: 'eu-central-1',
        awsCode: name,
        requestId: 'request-1',
      });
    },
  );

  it('keeps control characters and endless text away from tables and terminals', () => {
    const { message } = toAppError(
      answered('TagException', `\u001b[31mred\n${'x'.repeat(5000)}`),
      context,
    );
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message.length).toBeLessThan(800);
  });
});

describe('a denial', () => {
  const who =
    'User: arn:aws:sts::111122223333:assumed-role/Audit/ann is not authorized to perform:';
  const on = 'kms:GetKeyPolicy on resource: arn:aws:kms:eu-central-1:111122223333:key/k';
  it.each([
    [
      'because no identity-based policy allows the kms:GetKeyPolicy action',
      'no identity-based policy allows it',
    ],
    [
      'because no resource-based policy allows the kms:GetKeyPolicy action',
      'no resource-based policy allows it',
    ],
    ['because no session policy allows the kms:GetKeyPolicy action', 'no session policy allows it'],
    [
      'because no permissions boundary allows the kms:GetKeyPolicy action',
      'no permissions boundary allows it',
    ],
    [
      'because no service control policy allows the kms:GetKeyPolicy action',
      'no service control policy allows it',
    ],
    [
      'because no VPC endpoint policy allows the kms:GetKeyPolicy action',
      'no vpc endpoint policy allows it',
    ],
    [
      'with an explicit deny in a service control policy',
      'an explicit deny in a service control policy forbids it',
    ],
    [
      'with an explicit deny in an identity-based policy',
      'an explicit deny in an identity-based policy forbids it',
    ],
    [
      'with an explicit deny in a permissions boundary',
      'an explicit deny in a permissions boundary forbids it',
    ],
    ['with an explicit deny', 'an explicit deny forbids it'],
    ['', 'may not do kms:GetKeyPolicy. Ask'],
  ])('says why: %s', (reason, said) => {
    const error = toAppError(answered('AccessDeniedException', `${who} ${on} ${reason}`), context);
    expect(error.code).toBe('denied');
    expect(error.detail['permission']).toBe('kms:GetKeyPolicy');
    expect(error.message).toContain(said);
    expect(error.message).toContain('arn:aws:sts::111122223333:assumed-role/Audit/ann');
  });

  it('that says nothing is about the permission of the operation', () => {
    const error = toAppError(answered('AccessDeniedException', ''), context);
    expect(error.detail['permission']).toBe('kms:DescribeKey');
    const reEncrypt = { ...context, operation: 'kms:ReEncrypt' };
    expect(toAppError(answered('AccessDeniedException', ''), reEncrypt).detail['permission']).toBe(
      'kms:ReEncryptFrom',
    );
  });
});

describe('credentials', () => {
  it.each([
    'Signature expired: 20260101T000000Z is now earlier than 20261123T115500Z (20261123T120000Z - 5 min.)',
    'Signature not yet current: 20270101T000000Z is still later than 20261123T120500Z (20261123T120000Z + 5 min.)',
  ])('that a wrong clock makes unusable lead to the clock: %s', (message) => {
    expect(toAppError(answered('InvalidSignatureException', message), context).code).toBe(
      'clock-skew',
    );
  });

  it('that have expired lead to the way of renewing them', () => {
    const { message } = toAppError(answered('ExpiredTokenException'), context);
    expect(message).toContain('aws sso login --profile prod');
  });

  it('that AWS does not know may be those of a Region that is not enabled', () => {
    const { message } = toAppError(answered('UnrecognizedClientException'), context);
    expect(message).toContain('the Region is enabled');
  });
});

describe('a failure on the way', () => {
  it.each([
    ['ENOTFOUND', 'cannot be resolved'],
    ['EAI_AGAIN', 'cannot be resolved'],
    ['ECONNREFUSED', 'refuses the connection'],
    ['EHOSTUNREACH', 'cannot be reached'],
    ['ENETUNREACH', 'cannot be reached'],
    ['ETIMEDOUT', 'cannot be reached'],
    ['ECONNRESET', 'broke during'],
    ['EPIPE', 'broke during'],
    ['CERT_HAS_EXPIRED', 'No trusted TLS connection'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'No trusted TLS connection'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'No trusted TLS connection'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'No trusted TLS connection'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'No trusted TLS connection'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'No trusted TLS connection'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'No trusted TLS connection'],
    ['EPROTO', 'No trusted TLS connection'],
  ])('%s says what it is', (code, said) => {
    const error = toAppError(onTheWay(code), context);
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain(said);
    expect(error.message).toContain('KMS in eu-central-1');
    expect(error.detail['nodeCode']).toBe(code);
  });

  it('to several addresses is told by the first', () => {
    const error = Object.assign(new AggregateError([onTheWay('ECONNREFUSED')]), {});
    expect(toAppError(error, context).detail['nodeCode']).toBe('ECONNREFUSED');
  });

  it('that took too long is a timeout, and for a write says what that means', () => {
    const read = toAppError(new AttemptTimeout(), context);
    expect(read.code).toBe('timeout');
    expect(read.message).not.toContain('not known whether');
    expect(toAppError(new AttemptTimeout(), { ...context, writes: true }).message).toContain(
      'not known whether AWS did it',
    );
  });

  it('never shows what an address carries beside the host', () => {
    const endpoint = 'http://proxy.example:8080/path?token=canary';
    const { message } = toAppError(onTheWay('ECONNREFUSED'), { ...context, endpoint });
    expect(message).toContain('proxy.example:8080');
    expect(message).not.toContain('canary');
  });
});

it('lets an AppError pass as it is', () => {
  const error = new AppError('mfa-required', 'No code was given.');
  expect(toAppError(error, context)).toBe(error);
});

it('does not dress up a defect of ours', () => {
  const defect = new TypeError('undefined is not a function');
  expect(() => toAppError(defect, context)).toThrow(defect);
});

it('has no code for an AWS error that the source does not spell right', () => {
  const source = readFileSync(
    new URL('../../../electron/aws/refusalCodes.ts', import.meta.url),
    'utf8',
  );
  const named = [...source.matchAll(/'(\w+Exception)'/g)].map(([, name]) => name ?? '');
  const notInTheModel = named.filter((name) => !classes.includes(name));
  expect([...new Set(notInTheModel)].sort()).toEqual([
    'AccessDeniedException',
    'AuthorizationErrorException', // SNS
    'ExpiredTokenException',
    'IncompleteSignatureException',
    'InvalidSignatureException',
    'MissingAuthenticationTokenException',
    'RegionDisabledException',
    'ResourceNotFoundException', // CloudWatch Logs
    'SubscriptionRequiredException',
    'UnauthorizedException',
    'UnknownOperationException',
    'UnrecognizedClientException',
  ]);
});
