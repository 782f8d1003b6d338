import { createHash } from 'node:crypto';
import { AwsError } from '../protocol/awsError';
import { dayMs, deliveryLagMs, hourMs, lookupDays } from './clockwork';
import type { TrailEvent } from './event';
import type { EventLog, Position } from './eventLog';
import type { History } from './history/history';
import { userNameOf } from './identity';

/** A LookupEvents request after validation. */
export interface LookupRequest {
  readonly LookupAttributes?: readonly {
    readonly AttributeKey: string;
    readonly AttributeValue: string;
  }[];
  readonly StartTime?: Date;
  readonly EndTime?: Date;
  readonly EventCategory?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface LookupScope {
  readonly accountId: string;
  readonly region: string;
  readonly now: number;
  readonly log: EventLog;
  readonly history: History | undefined;
}

const mostResults = 50;
const sliceMs = 10;

/**
 * LookupEvents: the management events of the last 90 days, newest first.
 * @throws AwsError InvalidLookupAttributesException, InvalidTimeRangeException, InvalidNextTokenException
 */
export async function lookupEvents(request: LookupRequest, scope: LookupScope) {
  const matches = matcher(request.LookupAttributes ?? []);
  const [from, to] = timeRange(request, scope.now);
  const asked = fingerprint(request);
  const before = request.NextToken === undefined ? undefined : readToken(request.NextToken, asked);
  const limit = request.MaxResults ?? mostResults;
  const found: TrailEvent[] = [];
  // Insights events need a trail that computes them; the practice account has none.
  if (request.EventCategory === undefined) {
    for await (const event of newestFirst(scope, { from, to, before, name: matches.name })) {
      if (matches.test(event)) found.push(event);
      if (found.length > limit) break;
    }
  }
  const events = found.slice(0, limit);
  const last = events.at(-1);
  return {
    Events: events.map(summary),
    NextToken: found.length > limit && last ? makeToken(asked, last) : undefined,
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly before: Position | undefined;
  /** Where only events of this name are asked for. */
  readonly name: string | undefined;
}

/** What was recorded and what the history tells, merged. */
async function* newestFirst(scope: LookupScope, range: Range): AsyncGenerator<TrailEvent> {
  const { accountId: account, region, log } = scope;
  const recorded = log.newest({ account, region, ...range })[Symbol.iterator]();
  const next = () => {
    const { value } = recorded.next();
    return value && (JSON.parse((value as { json: string }).json) as TrailEvent);
  };
  let live: TrailEvent | undefined = next();
  for await (const past of historyNewestFirst(scope, range)) {
    while (live && isNewer(live, past)) {
      yield live;
      live = next();
    }
    yield past;
  }
  while (live) {
    yield live;
    live = next();
  }
}

async function* historyNewestFirst(
  { accountId, region, history }: LookupScope,
  { from, to, before, name }: Range,
): AsyncGenerator<TrailEvent> {
  if (!history || accountId !== history.accountId) return;
  const newest = Math.min(to, before?.at ?? Infinity, history.to);
  const oldest = Math.max(from, history.from);
  const everyHour = name === undefined || history.isRoutine(region, name);
  const hours = everyHour ? hoursBack(newest, oldest) : history.incidentHours(region);
  let until = performance.now() + sliceMs;
  for (const hour of hours) {
    if (hour > newest || hour + hourMs <= oldest) continue;
    for (const event of history.hour(accountId, region, hour).reverse()) {
      const at = Date.parse(event.eventTime);
      const isAfter =
        before && (at > before.at || (at === before.at && event.eventID >= before.id));
      if (at >= from && at <= to && !isAfter) yield event;
    }
    // Hands the thread back now and then: a rare name may be looked for in many hours.
    if (performance.now() > until) {
      await new Promise(setImmediate);
      until = performance.now() + sliceMs;
    }
  }
}

function* hoursBack(newest: number, oldest: number): Generator<number> {
  const first = Math.floor(oldest / hourMs) * hourMs;
  for (let hour = Math.floor(newest / hourMs) * hourMs; hour >= first; hour -= hourMs) yield hour;
}

function isNewer(a: TrailEvent, b: TrailEvent): boolean {
  return a.eventTime > b.eventTime || (a.eventTime === b.eventTime && a.eventID > b.eventID);
}

const attributes: Readonly<Record<string, (event: TrailEvent, value: string) => boolean>> = {
  AccessKeyId: ({ userIdentity }, value) => userIdentity.accessKeyId === value,
  EventId: ({ eventID }, value) => eventID === value,
  EventName: ({ eventName }, value) => eventName === value,
  EventSource: ({ eventSource }, value) => eventSource === value,
  ReadOnly: ({ readOnly }, value) => String(readOnly) === value,
  ResourceName: (event, value) =>
    resourcesOf(event).some(({ ResourceName }) => ResourceName === value),
  ResourceType: (event, value) =>
    resourcesOf(event).some(({ ResourceType }) => ResourceType === value),
  Username: ({ userIdentity }, value) => userNameOf(userIdentity) === value,
};

export const attributeKeys = Object.keys(attributes);

function matcher(asked: NonNullable<LookupRequest['LookupAttributes']>) {
  if (asked.length > 1) {
    throw new AwsError(
      'InvalidLookupAttributesException',
      'You can specify only one lookup attribute.',
    );
  }
  const [one] = asked;
  if (!one) return { test: () => true, name: undefined };
  const test = attributes[one.AttributeKey];
  return {
    test: (event: TrailEvent) => test?.(event, one.AttributeValue) ?? false,
    name: one.AttributeKey === 'EventName' ? one.AttributeValue : undefined,
  };
}

/** An event can be found some minutes after it happened, and 90 days long. */
function timeRange({ StartTime, EndTime }: LookupRequest, now: number): [number, number] {
  if (StartTime && EndTime && StartTime > EndTime) {
    throw new AwsError(
      'InvalidTimeRangeException',
      'The start time must be before or equal to the end time.',
    );
  }
  const from = Math.max(StartTime?.getTime() ?? -Infinity, now - lookupDays * dayMs);
  return [from, Math.min(EndTime?.getTime() ?? Infinity, now - deliveryLagMs)];
}

/** KMS fills the resources of Event history only for operations that change a key. */
function resourcesOf(event: TrailEvent) {
  if (event.readOnly) return [];
  return (event.resources ?? []).map(({ type, ARN }) => ({
    ResourceType: type,
    ResourceName: ARN,
  }));
}

function summary(event: TrailEvent) {
  return {
    EventId: event.eventID,
    EventName: event.eventName,
    ReadOnly: String(event.readOnly),
    AccessKeyId: event.userIdentity.accessKeyId,
    EventTime: new Date(event.eventTime),
    EventSource: event.eventSource,
    Username: userNameOf(event.userIdentity),
    Resources: resourcesOf(event),
    CloudTrailEvent: JSON.stringify(event),
  };
}

/** A token goes only with the request that it came from. */
function fingerprint({
  LookupAttributes,
  StartTime,
  EndTime,
  EventCategory,
}: LookupRequest): string {
  const text = JSON.stringify([LookupAttributes ?? [], StartTime, EndTime, EventCategory]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function makeToken(asked: string, { eventTime, eventID }: TrailEvent): string {
  return Buffer.from(`1 ${asked} ${Date.parse(eventTime)} ${eventID}`).toString('base64');
}

function readToken(token: string, asked: string): Position {
  const text = Buffer.from(token, 'base64').toString();
  const match = /^1 ([0-9a-f]{16}) (\d+) ([0-9a-f-]{36})$/.exec(text);
  if (!match || match[1] !== asked) {
    throw new AwsError('InvalidNextTokenException', 'Invalid NextToken.');
  }
  return { at: Number(match[2]), id: match[3] ?? '' };
}
