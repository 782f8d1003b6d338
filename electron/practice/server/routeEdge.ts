import { recordCall } from '../cloudtrail/recorder';
import { noEstate, type Estate } from '../edge/estate';
import type { EdgeService } from '../edge/service';
import { AwsError } from '../protocol/awsError';
import type { HttpRequest } from '../sigv4/verify';
import type { Answer } from './answer';
import type { RequestNote } from './observe';
import { admit, clientOf, type Services } from './routing';

/** Answers a request to one of the services that name endpoints: ELBv2, CloudFront, API Gateway. */
export function routeEdge(
  request: HttpRequest,
  requestId: string,
  services: Services,
  service: EdgeService,
  note: RequestNote,
): Promise<Answer> {
  return admit(
    request,
    services,
    note,
    {
      service: service.scope,
      read(region) {
        const call = service.read(request, region);
        note.operation = `${service.scope}:${call.operation}`;
        return call;
      },
      faults: () => ({
        throttled: service.throttled(),
        internal: new AwsError('InternalFailure', '', 500),
      }),
      defect: 'InternalFailure',
      refuse: (error) => service.refuse(error, requestId),
    },
    (call, { caller, region, denied }) => {
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
    },
  );
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
