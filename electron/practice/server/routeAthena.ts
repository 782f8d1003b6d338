import { AthenaError } from '../athena/errors';
import { recordCall } from '../cloudtrail/recorder';
import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import type { HttpRequest } from '../sigv4/verify';
import { jsonType, type Answer } from './answer';
import type { RequestNote } from './observe';
import { admit, clientOf, jsonError, parseJson, type Services } from './routing';

const target = 'AmazonAthena.';

/** The operation of Athena that a target names. */
export function athenaOperation(name: string | undefined): string | undefined {
  return name?.startsWith(target) ? name.slice(target.length, target.length + 100) : undefined;
}

/** Answers a request of Athena's JSON protocol. */
export function routeAthena(
  request: HttpRequest,
  requestId: string,
  services: Services,
  note: RequestNote,
): Promise<Answer> {
  const operation = athenaOperation(request.headers['x-amz-target']) ?? '';
  note.operation = `athena:${operation}`;
  const now = () => services.account.clock.now();
  const at = now();
  let input: unknown;
  const record = (outcome: { answer?: object; error?: AwsError }) => {
    const { caller, region } = note;
    if (!caller || region === undefined || outcome.error?.code === 'UnknownOperationException')
      return;
    recordCall(services.trail.log, {
      source: 'athena.amazonaws.com',
      name: operation,
      region,
      caller,
      client: clientOf(request),
      requestId,
      at,
      readOnly: /^(Get|List)/.test(operation),
      requestParameters: parametersOf(input),
      responseElements: /^(Start|Create)/.test(operation) ? parametersOf(outcome.answer) : null,
      ...(outcome.error && { error: outcome.error }),
    });
  };
  return admit(
    request,
    services,
    note,
    {
      service: 'athena',
      read: () => (input = parseJson(request.body)),
      faults: () => ({
        throttled: new AthenaError('TooManyRequestsException', 'Rate exceeded', {}),
        internal: new AwsError('InternalServerException', 'Internal Service Error', 500),
      }),
      defect: 'InternalServerException',
      refuse(error) {
        record({ error });
        return refusal(error);
      },
    },
    (asked, { caller, region, denied }) => {
      const may = (action: string, resource: string) => {
        // What a running query needs can be taken away too, at any time of its life.
        const { faults } = services.observer;
        const taken = action === note.operation ? denied : faults.meet(action, region) === 'deny';
        services.access({ caller, region, now: now(), action, resource, denied: taken });
      };
      const answer = services.athena.handle({ operation, input: asked, region, caller, may });
      record({ answer });
      return { status: 200, contentType: jsonType, body: writeJson(answer) };
    },
  );
}

/** Athena's errors have a `Message`, and some say more beside it. */
function refusal(error: AwsError): Answer {
  const answer = jsonError(error);
  const members = { __type: error.code, Message: error.message };
  const detail = error instanceof AthenaError ? error.detail : {};
  return { ...answer, body: JSON.stringify({ ...members, ...detail }) };
}

/** As CloudTrail shows them: member names begin small, and the statement is left out. */
function parametersOf(value: unknown): object | null {
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      name === 'QueryString' ? '***OMITTED***' : (member as unknown),
    ]),
  );
}
