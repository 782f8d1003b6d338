import { randomUUID } from 'node:crypto';
import type { Kms, KmsRequest } from '../kms/index';
import type { KeyRecord } from '../kms/model';
import { AwsError } from '../protocol/awsError';
import { trailEvent } from './event';
import type { EventLog } from './eventLog';
import { userIdentity, type EventCaller } from './identity';
import { kmsEvents, type Client } from './kmsCalls';
import { isReadOnly } from './kmsParameters';

/** A request as the recording KMS takes it: with what is known of the calling program. */
export interface RecordedRequest extends KmsRequest {
  readonly client?: Client | undefined;
}

export interface RecordedKms extends Kms {
  handle(request: RecordedRequest): Promise<object | undefined>;
}

/** The account's own seeds and tools have no client. */
const insideClient: Client = { sourceIp: '198.51.100.24', userAgent: 'console.amazonaws.com' };

export interface RecorderOptions {
  readonly log: EventLog;
  /** The account's time. */
  readonly now: () => number;
}

/**
 * KMS with each of its answers recorded as CloudTrail would. A call is answered once its event is
 * stored, so that the end of the process loses none.
 */
export function recordKms(kms: Kms, { log, now }: RecorderOptions): RecordedKms {
  const record = async (
    request: RecordedRequest,
    outcome: { answer?: object | undefined; error?: AwsError },
    known: { readonly eventId: string; readonly ciphertextOf: KeyRecord | undefined },
  ) => {
    const events = kmsEvents(kms.ringOf, {
      operation: request.operation,
      input: request.input,
      region: request.region,
      caller: request.caller,
      requestId: request.requestId,
      answer: outcome.answer,
      error: outcome.error,
      client: request.client ?? insideClient,
      at: now(),
      ...known,
    });
    for (const event of events) log.add(event);
    // Between a change and its event lies no turn of the loop.
    if (!outcome.error && !isReadOnly(request.operation)) log.flush();
    await log.stored();
  };
  return {
    ...kms,
    async handle(request) {
      const eventId = randomUUID();
      let ciphertextOf: KeyRecord | undefined;
      const told = (key: KeyRecord) => (ciphertextOf = key);
      try {
        const answer = await kms.handle({ ...request, eventId, ciphertextOf: told });
        await record(request, { answer }, { eventId, ciphertextOf });
        return answer;
      } catch (error) {
        // An operation that does not exist leaves no event, and a defect is no answer of AWS's.
        if (error instanceof AwsError && error.code !== 'UnknownOperationException') {
          await record(request, { error }, { eventId, ciphertextOf });
        }
        throw error;
      }
    },
  };
}

/** One call of a service other than KMS, as its own code describes it. */
export interface ServiceCall {
  /** `sts.amazonaws.com` */
  readonly source: string;
  readonly name: string;
  readonly region: string;
  readonly caller: EventCaller;
  readonly client: Client;
  readonly requestId: string;
  readonly at: number;
  readonly readOnly: boolean;
  readonly requestParameters?: object | null | undefined;
  readonly responseElements?: object | null | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly resources?: readonly { accountId: string; type: string; ARN: string }[] | undefined;
}

/** Records it; it is stored when this returns. */
export function recordCall(log: EventLog, call: ServiceCall): void {
  const { caller, client, error } = call;
  const event = trailEvent({
    ...call,
    userIdentity: userIdentity(caller),
    sourceIp: client.sourceIp,
    userAgent: client.userAgent,
    host: client.host,
    responseElements: error ? null : call.responseElements,
    eventId: randomUUID(),
    accountId: caller.accountId,
  });
  log.add(event);
  log.flush();
}
