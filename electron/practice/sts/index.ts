import { AwsError } from '../protocol/awsError';
import { validateInput } from '../protocol/validate';
import { assumeRole } from './assumeRole';
import type { StsContext, StsOperation } from './context';
import { readForm } from './form';
import { getSessionToken } from './getSessionToken';
import { writeAnswer, writeError } from './xml';

export type { StsContext } from './context';

const getCallerIdentity: StsOperation = {
  members: {},
  run: (_input, { caller }) => ({
    Arn: caller.arn,
    UserId: caller.userId,
    Account: caller.accountId,
  }),
};

const operations: ReadonlyMap<string, StsOperation> = new Map([
  ['GetCallerIdentity', getCallerIdentity],
  ['AssumeRole', assumeRole],
  ['GetSessionToken', getSessionToken],
]);

/** As permissions: `sts:AssumeRole`. */
export const stsOperations = [...operations.keys()].map((name) => `sts:${name}`);

/**
 * Answers a request of the STS Query protocol with XML.
 * @throws AwsError InvalidAction for an operation that is not there, and what the operation throws
 */
export function handleSts(form: URLSearchParams, context: StsContext, requestId: string): string {
  const action = form.get('Action') ?? '';
  const operation = operations.get(action);
  if (!operation) {
    throw new AwsError(
      'InvalidAction',
      `Could not find operation ${action} for version ${form.get('Version') ?? 'NO_VERSION_SPECIFIED'}`,
    );
  }
  const input = validateInput(readForm(form, operation.numbers ?? []), operation.members);
  return writeAnswer(action, operation.run(input, context), requestId);
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
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  ValidationException: { code: 'ValidationError', status: 400 },
};

/** An error as the Query protocol and its kin write it; in the namespace of STS, or the one given. */
export function queryError(
  error: AwsError,
  requestId: string,
  namespace?: string,
): { status: number; xml: string } {
  const { code, status, message } = queryCodes[error.code] ?? {
    code: error.code,
    status: error.status,
  };
  const told = { code, message: message ?? error.message, sender: status < 500 };
  return { status, xml: writeError(told, requestId, namespace) };
}
