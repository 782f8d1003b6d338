import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import type { HttpRequest } from '../sigv4/verify';
import { jsonType, type Answer } from './answer';
import type { RequestNote } from './observe';
import { admit, clientOf, jsonError, parseJson, type Services } from './routing';

/** The SDK for JavaScript sends the short form, botocore the long one. */
const target = /^(?:com\.amazonaws\.cloudtrail\.v20131101\.)?CloudTrail_20131101\.(.*)$/s;

/** The operation of CloudTrail that a target names. */
export function trailOperation(name: string | undefined): string | undefined {
  return target.exec(name ?? '')?.[1]?.slice(0, 100);
}

/** Answers a request of CloudTrail's JSON protocol. */
export function routeCloudTrail(
  request: HttpRequest,
  requestId: string,
  services: Services,
  note: RequestNote,
): Promise<Answer> {
  const operation = trailOperation(request.headers['x-amz-target']) ?? '';
  note.operation = `cloudtrail:${operation}`;
  return admit(
    request,
    services,
    note,
    {
      service: 'cloudtrail',
      read: () => parseJson(request.body),
      faults: () => ({
        throttled: new AwsError('ThrottlingException', 'Rate exceeded'),
        internal: new AwsError('InternalFailure', '', 500),
      }),
      defect: 'InternalFailure',
      refuse: jsonError,
    },
    async (input, admission) => {
      const call = { operation, input, ...admission, requestId, client: clientOf(request) };
      const answer = await services.trail.handle(call);
      return { status: 200, contentType: jsonType, body: writeJson(answer) };
    },
  );
}
