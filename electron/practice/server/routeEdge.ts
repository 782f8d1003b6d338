import { withRinging } from '../alarms/ringing';
import { noWiring, wiringIn } from '../alarms/wiring';
import type { Monitored } from '../cloudwatch/monitored';
import { recordCall } from '../cloudtrail/recorder';
import { noEstate, type Estate } from '../edge/estate';
import type { EdgeCall, EdgeService } from '../edge/service';
import { holdingsIn, type Stock } from '../holdings/holdings';
import { iamView } from '../iamApi/view';
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
  return routeLook(request, requestId, services, service, note, (accountId, region) =>
    estateFor(services, service, accountId, region),
  );
}

/** Answers a request to one of the services that alarms are made of: CloudWatch, its Logs, SNS. */
export function routeAlarms(
  request: HttpRequest,
  requestId: string,
  services: Services,
  service: EdgeService<Monitored>,
  note: RequestNote,
): Promise<Answer> {
  const { account, metrics, trail } = services;
  const { state } = account;
  const now = account.clock.now();
  return routeLook(request, requestId, services, service, note, (accountId, region) => ({
    ...(accountId === account.accountId
      ? withRinging(wiringIn(state, region), { state, log: trail.log, accountId, region, now })
      : noWiring),
    region,
    metrics: metrics(accountId, region),
    now,
  }));
}

/** Answers a request to one of the services of what an account keeps, and to IAM. */
export function routeStock(
  request: HttpRequest,
  requestId: string,
  services: Services,
  service: EdgeService<Stock>,
  note: RequestNote,
): Promise<Answer> {
  const { account, directory } = services;
  return routeLook(request, requestId, services, service, note, (accountId, region) => ({
    ...holdingsIn(accountId === account.accountId ? account.state : undefined, region),
    accountId,
    region,
    now: account.clock.now(),
    iam: iamView(account, directory, accountId),
  }));
}

function routeLook<E>(
  request: HttpRequest,
  requestId: string,
  services: Services,
  service: EdgeService<E>,
  note: RequestNote,
  estateAt: (accountId: string, region: string) => E,
): Promise<Answer> {
  const at = services.account.clock.now();
  let call: EdgeCall<E> | undefined;
  const record = (error?: AwsError) => {
    const { caller, region } = note;
    if (!call || !caller || region === undefined) return;
    recordCall(services.trail.log, {
      source: service.source,
      name: call.operation,
      region: service.home ?? region,
      caller,
      client: clientOf(request),
      requestId,
      at,
      readOnly: true,
      requestParameters: call.parameters,
      ...(error && { error }),
    });
  };
  return admit(
    request,
    services,
    note,
    {
      service: service.scope,
      read(region) {
        call = service.read(request, region);
        note.operation = `${service.prefix ?? service.scope}:${call.operation}`;
        return call;
      },
      faults: () => ({
        throttled: service.throttled(),
        internal: new AwsError('InternalFailure', '', 500),
      }),
      defect: 'InternalFailure',
      refuse(error) {
        record(error);
        return service.refuse(error, requestId);
      },
    },
    ({ action, resource, answer }, { caller, region, denied }) => {
      services.access({ caller, region, now: at, action, resource, denied });
      const answered = answer(estateAt(caller.accountId, region), requestId);
      record();
      return answered;
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
