import { gzipSync } from 'node:zlib';
import type { Account } from '../account/account';
import type { Throttle } from '../account/throttle';
import type { ServiceAccess } from '../iam/serviceAccess';
import { keyArn, type KeyRecord, type KeyUse } from '../kms/model';
import { AwsError } from '../protocol/awsError';
import { validateInput } from '../protocol/validate';
import { createS3, type S3 } from '../s3/index';
import { openObjectStore } from '../s3/objectStore';
import type { Caller } from '../sigv4/verify';
import type { Archive } from './archive';
import { hourMs } from './clockwork';
import type { TrailContext } from './context';
import { createDelivery, logFileBody } from './delivery';
import { openEventLog, type EventLog } from './eventLog';
import { readLogFileKey } from './fileNames';
import { openHistory, type History } from './history/history';
import { plansOf } from './history/plan';
import type { Client } from './kmsCalls';
import { recordCall } from './recorder';
import { trailOperations } from './registry';
import { openSigningKeys } from './signingKeys';
import { trailsOf, type TrailRecord } from './trail';
import { trailParameters } from './trailParameters';

export interface TrailRequest {
  readonly operation: string;
  /** The request's JSON, parsed. */
  readonly input: unknown;
  readonly region: string;
  readonly caller: Caller;
  readonly requestId: string;
  readonly client: Client;
  readonly denied?: boolean | undefined;
}

/** The practice account's CloudTrail, and the S3 that it delivers to. */
export interface CloudTrail {
  readonly log: EventLog;
  readonly s3: S3;
  /** The account's past, where its seed gave it one. */
  readonly history: () => History | undefined;
  /** The last use of a key in the account's history before its own events. */
  lastUse(key: KeyRecord): KeyUse | undefined;
  /** Answers one request of CloudTrail's own API. @throws AwsError */
  handle(request: TrailRequest): Promise<object>;
}

export interface CloudTrailOptions {
  readonly account: Account;
  readonly archive: Archive;
  readonly throttle: Throttle;
  readonly enforceQuotas: () => boolean;
  readonly access: ServiceAccess;
  /** Makes what is due happen, so that its events are there. */
  readonly settleKeys: () => void;
  /** How many events are kept at most. */
  readonly keepEvents: number;
}

/** As permissions: `cloudtrail:LookupEvents`. */
export const trailActions = [...trailOperations.keys()].map((name) => `cloudtrail:${name}`);

/** AWS allows so many LookupEvents a second, in an account and Region. */
const lookupsPerSecond = 2;
/** A request waits so long for deliveries; a clock that jumped years has more to deliver. */
const longestWaitMs = 15_000;

export function createCloudTrail(options: CloudTrailOptions): CloudTrail {
  const { account, archive, throttle, access } = options;
  const { state } = account;
  const log = openEventLog(archive, options.keepEvents);
  const trails = trailsOf(state);
  const keys = openSigningKeys(state);
  const history = historyOf(account);
  const objects = openObjectStore(archive, (_bucket, key) => {
    const file = readLogFileKey(key);
    const records = file && history()?.hour(account.accountId, file.region, file.at - hourMs);
    return gzipSync(logFileBody(records ?? []));
  });
  const delivery = createDelivery({ archive, log, objects, keys, history });
  const regionsOf = (trail: TrailRecord) => [
    ...new Set([trail.homeRegion, ...account.regions, ...log.regions(trail.accountId)]),
  ];
  const settle = (trail: TrailRecord, region?: string) => {
    options.settleKeys();
    const now = account.clock.now();
    const regions = region === undefined ? regionsOf(trail) : [region];
    const work = regions.map((one) => delivery.catchUp(trail, one, now));
    return atMost(longestWaitMs, Promise.all(work));
  };
  const s3 = createS3({
    account,
    objects,
    async settled(bucket, place) {
      const region = /\/CloudTrail(?:-Digest)?\/([a-z0-9-]+)\//.exec(place)?.[1];
      const into = [...trails.values()].filter((trail) =>
        trail.settings.some((one) => one.bucket === bucket),
      );
      await Promise.all(into.map((trail) => settle(trail, region)));
    },
  });
  return {
    log,
    s3,
    history,
    lastUse(key) {
      const event = history()?.lastUse(key.region, keyArn(key));
      return (
        event && {
          operation: event.eventName,
          at: Date.parse(event.eventTime),
          eventId: event.eventID,
          requestId: event.requestID ?? '',
        }
      );
    },
    async handle(request) {
      const { caller, region } = request;
      const operation = trailOperations.get(request.operation);
      if (!operation) throw new AwsError('UnknownOperationException');
      const now = account.clock.now();
      const context: TrailContext = {
        operation: operation.name,
        region,
        accountId: caller.accountId,
        caller,
        now,
        state,
        trails,
        log,
        delivery,
        keys,
        buckets: s3.buckets,
        history: history(),
        settle,
      };
      const input = isObject(request.input) ? request.input : {};
      const record = (outcome: { answer?: object; error?: AwsError }) =>
        recordCall(log, {
          source: 'cloudtrail.amazonaws.com',
          name: operation.name,
          region,
          caller,
          client: request.client,
          requestId: request.requestId,
          at: now,
          readOnly: operation.readOnly,
          requestParameters: trailParameters(input),
          responseElements: operation.readOnly ? null : trailParameters(outcome.answer ?? {}),
          error: outcome.error,
        });
      try {
        const action = `cloudtrail:${operation.name}`;
        access({ caller, region, now, action, resource: '*', denied: request.denied });
        const bucket = `${caller.accountId}/${region}/${action}`;
        const mayLookUp =
          operation.name !== 'LookupEvents' ||
          !options.enforceQuotas() ||
          throttle.take(bucket, lookupsPerSecond);
        if (!mayLookUp) throw new AwsError('ThrottlingException', 'Rate exceeded');
        options.settleKeys();
        const valid = validateInput(request.input, operation.members);
        const answer = await operation.run(valid as never, context);
        state.commit();
        record({ answer });
        return answer;
      } catch (error) {
        if (error instanceof AwsError) record({ error });
        throw error;
      }
    },
  };
}

/** The history of the account's seed, opened once. */
function historyOf({ state }: Account): () => History | undefined {
  let opened: History | undefined;
  return () => {
    const plan = plansOf(state).get('plan');
    if (!plan) return undefined;
    return (opened ??= openHistory(plan));
  };
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, enough]);
  } finally {
    clearTimeout(timer);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
