import { recordSts } from '../cloudtrail/stsCalls';
import { internalError, throttled } from '../kms/failures';
import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import type { Caller, HttpRequest } from '../sigv4/verify';
import { handleSts, queryError, type StsContext } from '../sts/index';
import { alarmService } from '../alarms/index';
import { edgeService } from '../edge/index';
import { stockService } from '../holdings/index';
import { jsonType, type Answer } from './answer';
import { isS3 } from '../s3/request';
import { observed, type RequestNote } from './observe';
import { athenaOperation, routeAthena } from './routeAthena';
import { routeCloudTrail, trailOperation } from './routeCloudTrail';
import { routeAlarms, routeEdge, routeStock } from './routeEdge';
import { routeS3 } from './routeS3';
import { admit, clientOf, jsonError, parseJson, type Services } from './routing';

const kmsTarget = 'TrentService.';

/** Answers a request to one of the account's services: by its target, its form, or its signature. */
export function routeService(
  request: HttpRequest,
  requestId: string,
  services: Services,
): Promise<Answer> {
  const target = request.headers['x-amz-target'];
  const type = request.headers['content-type'] ?? '';
  const isForm = target === undefined && type.startsWith('application/x-www-form-urlencoded');
  const edge = target === undefined ? edgeService(request) : undefined;
  const alarms = alarmService(request);
  const stock = stockService(request);
  return observed(request, requestId, services.observer, (note) => {
    if (edge) return routeEdge(request, requestId, services, edge, note);
    if (alarms) return routeAlarms(request, requestId, services, alarms, note);
    if (stock) return routeStock(request, requestId, services, stock, note);
    if (isForm) return routeSts(request, requestId, services, note);
    if (trailOperation(target) !== undefined) {
      return routeCloudTrail(request, requestId, services, note);
    }
    if (athenaOperation(target) !== undefined) {
      return routeAthena(request, requestId, services, note);
    }
    if (target === undefined && isS3(request)) return routeS3(request, requestId, services, note);
    return routeKms(request, requestId, services, note);
  });
}

function routeKms(
  request: HttpRequest,
  requestId: string,
  services: Services,
  note: RequestNote,
): Answer | Promise<Answer> {
  const target = request.headers['x-amz-target'];
  const operation = target?.startsWith(kmsTarget) ? target.slice(kmsTarget.length) : undefined;
  if (operation !== undefined) note.operation = `kms:${operation.slice(0, 90)}`;
  if (request.method !== 'POST') {
    return { status: 404, contentType: 'text/xml', body: '<UnknownOperationException/>\n' };
  }
  return admit(
    request,
    services,
    note,
    {
      service: 'kms',
      read() {
        if (operation === undefined) throw new AwsError('UnknownOperationException');
        const input = parseJson(request.body);
        note.key = namedKey(input);
        return { operation, input };
      },
      faults: () => ({ throttled: throttled(), internal: internalError() }),
      defect: 'KMSInternalException',
      refuse: jsonError,
    },
    async (call, admission) => {
      const client = clientOf(request);
      const answer = await services.kms.handle({ ...call, ...admission, requestId, client });
      return { status: 200, contentType: jsonType, body: answer ? writeJson(answer) : '' };
    },
  );
}

function routeSts(
  request: HttpRequest,
  requestId: string,
  services: Services,
  note: RequestNote,
): Promise<Answer> {
  const form = new URLSearchParams(Buffer.from(request.body).toString());
  const action = form.get('Action')?.slice(0, 100);
  if (action) note.operation = `sts:${action}`;
  const at = services.account.clock.now();
  const call = { form, requestId, client: clientOf(request), at };
  return admit(
    request,
    services,
    note,
    {
      service: 'sts',
      read: () => undefined,
      faults: () => ({
        throttled: new AwsError('Throttling', 'Rate exceeded'),
        internal: new AwsError('InternalFailure', '', 500),
      }),
      defect: 'InternalFailure',
      refuse(error) {
        const { caller, region } = note;
        if (caller && region !== undefined && error.code !== 'InvalidAction') {
          recordSts(services.trail.log, { ...call, caller, region, error });
        }
        const { status, xml } = queryError(error, requestId);
        return { status, contentType: 'text/xml', body: xml };
      },
    },
    (_, { caller, region, denied }) => {
      if (denied) {
        throw new AwsError(
          'AccessDenied',
          `User: ${caller.arn} is not authorized to perform: ${note.operation} because no identity-based policy allows the ${note.operation} action`,
          403,
        );
      }
      const body = handleSts(form, stsContext(services, caller, region), requestId);
      services.account.state.commit();
      recordSts(services.trail.log, { ...call, caller, region, body });
      return { status: 200, contentType: 'text/xml', body };
    },
  );
}

function stsContext(
  { account, directory, realNow }: Services,
  caller: Caller,
  region: string,
): StsContext {
  return { caller, region, directory, now: account.clock.now(), realNow: realNow() };
}

/** The key that a request is about, as it names it. */
function namedKey(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { KeyId, TargetKeyId, DestinationKeyId } = input as Record<string, unknown>;
  const named = KeyId ?? TargetKeyId ?? DestinationKeyId;
  return typeof named === 'string' ? named : undefined;
}
