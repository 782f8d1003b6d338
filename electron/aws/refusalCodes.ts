import type { ErrorCode } from '../../shared/model/errors';

/** The code of an error that AWS names, or undefined where only AWS's own words tell it. */
export function refusalCode(awsCode: string, awsMessage: string): RefusalCode | undefined {
  return isSkew(awsCode, awsMessage) ? 'clock-skew' : codes.get(awsCode);
}

/** KMS reports a clock that is off as a signature that is, and tells them apart in words only. */
function isSkew(awsCode: string, awsMessage: string): boolean {
  if (skewCodes.has(awsCode)) return true;
  return (
    codes.get(awsCode) === 'invalid-credentials' &&
    /signature (expired|not yet current)|is (now )?(earlier|later) than/i.test(awsMessage)
  );
}

const skewCodes = new Set(['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture']);

export type RefusalCode = Extract<
  ErrorCode,
  | 'clock-skew'
  | 'conflict'
  | 'denied'
  | 'expired-credentials'
  | 'invalid-credentials'
  | 'limit-exceeded'
  | 'not-found'
  | 'unsupported'
  | 'wrong-state'
>;

/** AWS's error names that have a code of their own; every other is `aws-error`. */
const codes = new Map<string, RefusalCode>([
  ...of('denied', 'AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'),
  ...of('denied', 'OptInRequired', 'SubscriptionRequiredException', 'AuthorizationErrorException'),
  ...of('expired-credentials', 'ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'),
  ...of('expired-credentials', 'UnauthorizedException', 'IDPCommunicationError'),
  ...of('invalid-credentials', 'UnrecognizedClientException', 'InvalidClientTokenId'),
  ...of('invalid-credentials', 'InvalidSignatureException', 'SignatureDoesNotMatch'),
  ...of('invalid-credentials', 'IncompleteSignature', 'IncompleteSignatureException'),
  ...of('invalid-credentials', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException'),
  ...of('invalid-credentials', 'AuthFailure', 'InvalidAccessKeyId', 'InvalidIdentityToken'),
  ...of('not-found', 'NotFoundException', 'CustomKeyStoreNotFoundException'),
  ...of('not-found', 'NoSuchBucket', 'NoSuchKey', 'ResourceNotFoundException'),
  ...of('not-found', 'CloudHsmClusterNotFoundException', 'XksKeyNotFoundException'),
  ...of('not-found', 'XksProxyVpcEndpointServiceNotFoundException'),
  ...of('wrong-state', 'DisabledException', 'KMSInvalidStateException', 'KeyUnavailableException'),
  ...of('wrong-state', 'CustomKeyStoreInvalidStateException', 'CloudHsmClusterNotActiveException'),
  ...of('unsupported', 'UnsupportedOperationException', 'InvalidKeyUsageException'),
  ...of('unsupported', 'UnknownOperationException', 'RegionDisabledException'),
  ...of(
    'conflict',
    'AlreadyExistsException',
    'ConflictException',
    'CustomKeyStoreHasCMKsException',
  ),
  ...of('conflict', 'CustomKeyStoreNameInUseException', 'CloudHsmClusterInUseException'),
  ...of('conflict', 'XksKeyAlreadyInUseException', 'XksProxyUriInUseException'),
  ...of(
    'conflict',
    'XksProxyUriEndpointInUseException',
    'XksProxyVpcEndpointServiceInUseException',
  ),
  ...of('limit-exceeded', 'LimitExceededException'),
]);

function of(code: RefusalCode, ...names: string[]): [string, RefusalCode][] {
  return names.map((name) => [name, code]);
}
