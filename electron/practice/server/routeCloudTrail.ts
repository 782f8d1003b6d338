import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import { verifyRequest, type HttpRequest } from '../sigv4/verify';
import { jsonType, type Answer } from './answer';
import { meetFault, type RequestNote } from './observe';
import {
  asAwsError,
  clientOf,
  jsonError,
  parseJson,
  verifyOptions,
  type Services,
} from './routing';

/** The SDK for JavaScript sends the short form, botocore the long one. */
const target = /^(?:com\.amazonaws\.cloudtrail\.v20131101\.)?CloudTrail_20131101\.(.*)$/s;

/** The operation of CloudTrail that a target names. */
export function trailOperation(name: string | undefined): string | undefined {
  return target.exec(name ?? '')?.[1]?.slice(0, 100);
}

/** Answers a request of CloudTrail's JSON protocol. */
export async function routeCloudTrail(
  request: HttpRequest,
  requestId: string,
  services: Services,
  note: RequestNote,
): Promise<Answer> {
  const operation = trailOperation(request.headers['x-amz-target']) ?? '';
  note.operation = `cloudtrail:${operation}`;
  try {
    const { caller, region } = verifyRequest(request, verifyOptions(services, 'cloudtrail'));
    note.caller = caller;
    note.region = region;
    const { unanswered, denied } = meetFault(note, region, services.observer.faults, () => ({
      throttled: new AwsError('ThrottlingException', 'Rate exceeded'),
      internal: new AwsError('InternalFailure', '', 500),
    }));
    if (unanswered) return unanswered;
    const answer = await services.trail.handle({
      operation,
      input: parseJson(request.body),
      region,
      caller,
      requestId,
      denied,
      client: clientOf(request),
    });
    return { status: 200, contentType: jsonType, body: writeJson(answer) };
  } catch (error) {
    return jsonError((note.error = asAwsError(error, services, 'InternalFailure')));
  }
}
