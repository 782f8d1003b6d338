import { recordCall } from '../cloudtrail/recorder';
import { noEstate, type Estate } from '../edge/estate';
import type { EdgeService } from '../edge/service';
import { AwsError } from '../protocol/awsError';
import { verifyRequest, type HttpRequest } from '../sigv4/verify';
import type { Answer } from './answer';
import { meetFault, type RequestNote } from './observe';
import { asAwsError, clientOf, verifyOptions, type Services } from './routing';

/** Answers a request to one of the services that name endpoints: ELBv2, CloudFront, API Gateway. */
export function routeEdge(
  request: HttpRequest,
  requestId: string,
  services: Services,
  service: EdgeService,
  note: RequestNote,
): Answer {
  try {
    const { caller, region } = verifyRequest(request, verifyOptions(services, service.scope));
    note.caller = caller;
    note.region = region;
    const call = service.read(request, region);
    note.operation = `${service.scope}:${call.operation}`;
    const { unanswered, denied } = meetFault(note, region, services.observer.faults, () => ({
      throttled: service.throttled(),
      internal: new AwsError('InternalFailure', '', 500),
    }));
    if (unanswered) return unanswered;
    const now = services.account.clock.now();
    const { action, resource } = call;
    services.access({ caller, region, now, action, resource, denied });
    const answer = call.answer(estateFor(services, service, caller.accountId, region), requestId);
    recordCall(services.trail.log, {
      source: service.source,
      name: call.operation,
      region,
      caller,
      client: clientOf(request),
      requestId,
      at: now,
      readOnly: true,
      requestParameters: call.parameters,
    });
    return answer;
  } catch (error) {
    note.error = asAwsError(error, services, 'InternalFailure');
    return service.refuse(note.error, requestId);
  }
}

/** Everything is the practice account's, in its first Region; CloudFront knows no Regions. */
function estateFor(
  { account, estate }: Services,
  { scope }: EdgeService,
  accountId: string,
  region: string,
): Estate {
  const here = scope === 'cloudfront' || region === account.regions[0];
  return here && accountId === account.accountId ? estate() : noEstate;
}
