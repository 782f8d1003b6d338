import { AwsError } from '../protocol/awsError';
import type { Caller } from '../sigv4/verify';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/**
 * Answers a request of the STS Query protocol with XML.
 * @throws AwsError InvalidAction for an operation that is not there
 */
export function handleSts(form: URLSearchParams, caller: Caller, requestId: string): string {
  const action = form.get('Action') ?? '';
  if (action !== 'GetCallerIdentity') {
    throw new AwsError(
      'InvalidAction',
      `Could not find operation ${action} for version ${form.get('Version') ?? 'NO_VERSION_SPECIFIED'}`,
    );
  }
  return [
    `<GetCallerIdentityResponse xmlns="${namespace}">`,
    '  <GetCallerIdentityResult>',
    `    <Arn>${escapeXml(caller.arn)}</Arn>`,
    `    <UserId>${escapeXml(caller.userId)}</UserId>`,
    `    <Account>${caller.accountId}</Account>`,
    '  </GetCallerIdentityResult>',
    '  <ResponseMetadata>',
    `    <RequestId>${requestId}</RequestId>`,
    '  </ResponseMetadata>',
    '</GetCallerIdentityResponse>',
    '',
  ].join('\n');
}

/** The codes that the Query protocol has for what JSON services call otherwise. */
const queryCodes: Readonly<Record<string, { code: string; status: number; message?: string }>> = {
  MissingAuthenticationTokenException: {
    code: 'MissingAuthenticationToken',
    status: 403,
    message: 'Request is missing Authentication Token',
  },
  IncompleteSignatureException: { code: 'IncompleteSignature', status: 400 },
  InvalidSignatureException: { code: 'SignatureDoesNotMatch', status: 403 },
  UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
};

/** An error as the Query protocol writes it. */
export function stsError(error: AwsError, requestId: string): { status: number; xml: string } {
  const { code, status, message } = queryCodes[error.code] ?? {
    code: error.code,
    status: error.status,
  };
  const xml = [
    `<ErrorResponse xmlns="${namespace}">`,
    '  <Error>',
    `    <Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>`,
    `    <Code>${escapeXml(code)}</Code>`,
    `    <Message>${escapeXml(message ?? error.message)}</Message>`,
    '  </Error>',
    `  <RequestId>${requestId}</RequestId>`,
    '</ErrorResponse>',
    '',
  ].join('\n');
  return { status, xml };
}

function escapeXml(value: string): string {
  return value.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
