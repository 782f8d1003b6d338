import { matchesPattern, type KnownEvent } from '../../../shared/model/events/trail/filterPattern';
import type { Collections } from '../account/collections';
import { deliveryLagMs } from '../cloudtrail/clockwork';
import type { EventLog } from '../cloudtrail/eventLog';
import type { TrailEvent } from '../cloudtrail/event';
import { isSelected } from '../cloudtrail/selectors';
import { currentSettings, trailsOf } from '../cloudtrail/trail';
import { alarmPeriodMs, type Alarm, type Wiring } from './wiring';

/** Where the account's events are, and its time. */
export interface Listening {
  readonly state: Collections;
  readonly log: EventLog;
  readonly accountId: string;
  readonly region: string;
  readonly now: number;
}

/**
 * The wiring with the alarms that are on: as many events as the threshold reached a log group within
 * the period, and a metric filter counted them. An event reaches the log group minutes after it
 * happened, and only where a trail that is on sends it there.
 */
export function withRinging(wiring: Wiring, listening: Listening): Wiring {
  return { ...wiring, alarms: wiring.alarms.map((alarm) => ringing(alarm, wiring, listening)) };
}

function ringing(alarm: Alarm, wiring: Wiring, listening: Listening): Alarm {
  const times = wiring.logGroups.flatMap(({ name, filters }) =>
    filters
      .filter(({ namespace, metric }) => namespace === alarm.namespace && metric === alarm.metric)
      .flatMap(({ pattern }) => arrivals(name, pattern, listening)),
  );
  // When as many as the threshold had come: from then on it is on.
  const rangAt = times.toSorted((a, b) => a - b)[alarm.threshold - 1];
  return rangAt === undefined ? alarm : { ...alarm, rangAt };
}

/** When the events that a pattern matches came into a log group, within the period. */
function arrivals(group: string, pattern: string, listening: Listening): number[] {
  const { state, log, accountId, region, now } = listening;
  const trails = [...trailsOf(state).values()].filter((trail) => {
    const { logging, logGroupArn } = currentSettings(trail);
    return logging && logGroupArn?.includes(`:${region}:${accountId}:log-group:${group}:`);
  });
  const to = now - deliveryLagMs;
  const times: number[] = [];
  for (const there of log.regions(accountId)) {
    const heard = trails.filter(
      (trail) => trail.homeRegion === there || currentSettings(trail).multiRegion,
    );
    if (heard.length === 0) continue;
    const found = log.newest({ account: accountId, region: there, from: to - alarmPeriodMs, to });
    for (const { at, json } of found) {
      const event = JSON.parse(json) as TrailEvent;
      const sent = heard.some((trail) => isSelected(currentSettings(trail).selectors, event));
      if (sent && matchesPattern(pattern, flat(event)) === true) times.push(at + deliveryLagMs);
    }
  }
  return times;
}

/** The fields of an event that patterns may name; one that it does not have is null. */
function flat(event: TrailEvent): KnownEvent {
  const { eventSource, eventName, eventType, errorCode, errorMessage, readOnly, awsRegion } = event;
  return {
    eventSource,
    eventName,
    eventType,
    readOnly,
    awsRegion,
    errorCode: errorCode ?? null,
    errorMessage: errorMessage ?? null,
  };
}
