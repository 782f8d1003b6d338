import { recordCall } from '../cloudtrail/recorder';
import { AwsError } from '../protocol/awsError';
import { s3Refusal } from '../s3/index';
import { actionOf } from '../s3/actions';
import type { HttpRequest } from '../sigv4/verify';
import type { Answer } from './answer';
import type { RequestNote } from './observe';
import { admit, clientOf, type Services } from './routing';

/** Answers a request of S3's REST protocol, in path style. */
export function routeS3(
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
  return admit(
    request,
    services,
    note,
    {
      service: 's3',
      read: () => undefined,
      faults: () => ({
        throttled: new AwsError('SlowDown', 'Please reduce your request rate.', 503),
        internal: new AwsError(
          'InternalError',
          'We encountered an internal error. Please try again.',
          500,
        ),
      }),
      defect: 'InternalError',
      refuse: (error) => ({ ...s3Refusal(error, request, requestId), headers }),
    },
    async (_, { caller, region, denied }) => {
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
    },
  );
}
