import type { Account } from '../account/account';
import type { Directory } from '../iam/directory';
import { internalError, throttled } from '../kms/failures';
import type { Kms } from '../kms/index';
import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import { awsRegions } from '../protocol/regions';
import { verifyRequest, type Caller, type HttpRequest } from '../sigv4/verify';
import { handleSts, stsError, type StsContext } from '../sts/index';
import { jsonType, type Answer } from './answer';
import { meetFault, observed, type Observer, type RequestNote } from './observe';

/** What the server's routes need to answer for the services. */
export interface Services {
  readonly account: Account;
  readonly kms: Kms;
  readonly observer: Observer;
  readonly directory: Directory;
  /** Real time, milliseconds. */
  readonly realNow: () => number;
  /** A defect: it is answered with a 500 without any detail, and told here. */
  readonly onDefect: (error: unknown) => void;
}

const kmsTarget = 'TrentService.';

/** Answers a request to one of the account's services: KMS by its target, STS by its form. */
export function routeService(
  request: HttpRequest,
  requestId: string,
  services: Services,
): Promise<Answer> {
  const target = request.headers['x-amz-target'];
  const type = request.headers['content-type'] ?? '';
  const isForm = target === undefined && type.startsWith('application/x-www-form-urlencoded');
  return observed(request, requestId, services.observer, (note) =>
    isForm
      ? routeSts(request, requestId, services, note)
      : routeKms(request, requestId, services, note),
  );
}

async function routeKms(
  request: HttpRequest,
  requestId: string,
  services: Services,
  note: RequestNote,
): Promise<Answer> {
  const target = request.headers['x-amz-target'];
  if (target?.startsWith(kmsTarget)) note.operation = `kms:${target.slice(kmsTarget.length, 100)}`;
  if (request.method !== 'POST') {
    return { status: 404, contentType: 'text/xml', body: '<UnknownOperationException/>\n' };
  }
  try {
    const { caller, region } = verifyRequest(request, verifyOptions(services, 'kms'));
    note.caller = caller;
    note.region = region;
    if (!target?.startsWith(kmsTarget)) throw new AwsError('UnknownOperationException');
    const input = parseJson(request.body);
    note.key = namedKey(input);
    const { unanswered, denied } = meetFault(note, region, services.observer.faults, () => ({
      throttled: throttled(),
      internal: internalError(),
    }));
    if (unanswered) return unanswered;
    const answer = await services.kms.handle({
      operation: target.slice(kmsTarget.length),
      input,
      region,
      caller,
      requestId,
      denied,
    });
    return { status: 200, contentType: jsonType, body: answer ? writeJson(answer) : '' };
  } catch (error) {
    return jsonError((note.error = asAwsError(error, services, 'KMSInternalException')));
  }
}

function routeSts(
  request: HttpRequest,
  requestId: string,
  services: Services,
  note: RequestNote,
): Answer {
  const form = new URLSearchParams(Buffer.from(request.body).toString());
  const action = form.get('Action')?.slice(0, 100);
  if (action) note.operation = `sts:${action}`;
  try {
    const { caller, region } = verifyRequest(request, verifyOptions(services, 'sts'));
    note.caller = caller;
    note.region = region;
    const { unanswered, denied } = meetFault(note, region, services.observer.faults, () => ({
      throttled: new AwsError('Throttling', 'Rate exceeded'),
      internal: new AwsError('InternalFailure', '', 500),
    }));
    if (unanswered) return unanswered;
    if (denied) {
      throw new AwsError(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: ${note.operation} because no identity-based policy allows the ${note.operation} action`,
        403,
      );
    }
    const body = handleSts(form, stsContext(services, caller, region), requestId);
    services.account.state.commit();
    return { status: 200, contentType: 'text/xml', body };
  } catch (error) {
    note.error = asAwsError(error, services, 'InternalFailure');
    const { status, xml } = stsError(note.error, requestId);
    return { status, contentType: 'text/xml', body: xml };
  }
}

/** An error as the JSON protocol writes it. */
export function jsonError(error: AwsError): Answer {
  return {
    status: error.status,
    contentType: jsonType,
    body: JSON.stringify({ __type: error.code, ...(error.message && { message: error.message }) }),
    errorType: error.code,
  };
}

function stsContext(
  { account, directory, realNow }: Services,
  caller: Caller,
  region: string,
): StsContext {
  return { caller, region, directory, now: account.clock.now(), realNow: realNow() };
}

function verifyOptions({ directory, realNow }: Services, service: string) {
  const findKey = (accessKeyId: string) => directory.findKey(accessKeyId);
  return { findKey, now: realNow(), regions: awsRegions, service };
}

/** The key that a request is about, as it names it. */
function namedKey(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { KeyId, TargetKeyId, DestinationKeyId } = input as Record<string, unknown>;
  const named = KeyId ?? TargetKeyId ?? DestinationKeyId;
  return typeof named === 'string' ? named : undefined;
}

function parseJson(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(body).toString()) as unknown;
  } catch {
    throw new AwsError('SerializationException');
  }
}

function asAwsError(error: unknown, services: Services, code: string): AwsError {
  if (error instanceof AwsError) return error;
  services.onDefect(error);
  return new AwsError(code, '', 500);
}
