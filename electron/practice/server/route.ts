import type { Account } from '../account/account';
import type { Kms } from '../kms/index';
import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import { awsRegions } from '../protocol/regions';
import { verifyRequest, type AccessKey, type HttpRequest } from '../sigv4/verify';
import { handleSts, stsError } from '../sts/index';
import { jsonType, type Answer } from './answer';

/** What the server's routes need to answer for the services. */
export interface Services {
  readonly account: Account;
  readonly kms: Kms;
  readonly findKey: (accessKeyId: string) => AccessKey | undefined;
  /** Real time, milliseconds. */
  readonly realNow: () => number;
  /** A defect: it is answered with a 500 without any detail, and told here. */
  readonly onDefect: (error: unknown) => void;
}

const kmsTarget = 'TrentService.';

/** Answers a request to one of the account's services: KMS by its target, STS by its form. */
export async function routeService(
  request: HttpRequest,
  requestId: string,
  services: Services,
): Promise<Answer> {
  const target = request.headers['x-amz-target'];
  const type = request.headers['content-type'] ?? '';
  if (target === undefined && type.startsWith('application/x-www-form-urlencoded')) {
    return routeSts(request, requestId, services);
  }
  if (request.method !== 'POST') {
    return { status: 404, contentType: 'text/xml', body: '<UnknownOperationException/>\n' };
  }
  try {
    const { caller, region } = verifyRequest(request, verifyOptions(services, 'kms'));
    if (!target?.startsWith(kmsTarget)) throw new AwsError('UnknownOperationException');
    const answer = await services.kms.handle({
      operation: target.slice(kmsTarget.length),
      input: parseJson(request.body),
      region,
      caller,
      requestId,
    });
    return { status: 200, contentType: jsonType, body: answer ? writeJson(answer) : '' };
  } catch (error) {
    return jsonError(asAwsError(error, services, 'KMSInternalException'));
  }
}

function routeSts(request: HttpRequest, requestId: string, services: Services): Answer {
  try {
    const { caller } = verifyRequest(request, verifyOptions(services, 'sts'));
    const form = new URLSearchParams(Buffer.from(request.body).toString());
    return { status: 200, contentType: 'text/xml', body: handleSts(form, caller, requestId) };
  } catch (error) {
    const { status, xml } = stsError(asAwsError(error, services, 'InternalFailure'), requestId);
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

function verifyOptions(services: Services, service: string) {
  return { findKey: services.findKey, now: services.realNow(), regions: awsRegions, service };
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
