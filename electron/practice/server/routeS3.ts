import { recordCall } from '../cloudtrail/recorder';
import { AwsError } from '../protocol/awsError';
import { s3Refusal } from '../s3/index';
import { actionOf } from '../s3/actions';
import { verifyRequest, type HttpRequest } from '../sigv4/verify';
import type { Answer } from './answer';
import { meetFault, type RequestNote } from './observe';
import { asAwsError, clientOf, verifyOptions, type Services } from './routing';

/** Answers a request of S3's REST protocol, in path style. */
export async function routeS3(
  request: HttpRequest,
  requestId: string,
  services: Services,
  note: RequestNote,
): Promise<Answer> {
  const { action, resource } = actionOf(request);
  note.operation = action;
  note.key = resource;
  const headers = {
    'x-amz-request-id': requestId,
    'x-amz-id-2': Buffer.from(requestId).toString('base64'),
  };
  try {
    const { caller, region } = verifyRequest(request, verifyOptions(services, 's3'));
    note.caller = caller;
    note.region = region;
    const { unanswered, denied } = meetFault(note, region, services.observer.faults, () => ({
      throttled: new AwsError('SlowDown', 'Please reduce your request rate.', 503),
      internal: new AwsError(
        'InternalError',
        'We encountered an internal error. Please try again.',
        500,
      ),
    }));
    if (unanswered) return unanswered;
    const now = services.account.clock.now();
    services.access({ caller, region, now, action, resource, denied });
    const { management, ...answer } = await services.trail.s3.handle(request, caller, region);
    if (management) {
      const client = clientOf(request);
      const source = 's3.amazonaws.com';
      const call = { ...management, source, region, caller, client, requestId, at: now };
      recordCall(services.trail.log, call);
    }
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    note.error = asAwsError(error, services, 'InternalError');
    return { ...s3Refusal(note.error, request, requestId), headers };
  }
}
