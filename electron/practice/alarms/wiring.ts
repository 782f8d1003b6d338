import type { Collections } from '../account/collections';

/** Who is told of what in one Region: metric filters of log groups, alarms, topics with subscriptions. */
export interface Wiring {
  readonly logGroups: readonly LogGroup[];
  readonly alarms: readonly Alarm[];
  readonly topics: readonly Topic[];
}

export interface LogGroup {
  readonly name: string;
  readonly filters: readonly MetricFilterRecord[];
  /** None: keys of CloudWatch Logs' own. */
  readonly keyArn?: string;
  /** None: for ever. */
  readonly retentionDays?: number;
  readonly createdAt?: number;
}

export interface MetricFilterRecord {
  readonly name: string;
  readonly pattern: string;
  readonly namespace: string;
  readonly metric: string;
  readonly createdAt: number;
}

export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly threshold: number;
  readonly actionsEnabled: boolean;
  readonly actions: readonly string[];
  readonly createdAt: number;
  /** When it went off; absent while it is quiet. */
  readonly rangAt?: number;
}

export interface Topic {
  readonly arn: string;
  readonly subscriptions: readonly Subscription[];
}

export interface Subscription {
  /** Of its ARN; undefined until whoever has the endpoint confirms. */
  readonly id?: string;
  readonly protocol: string;
  readonly endpoint: string;
}

/** Over so long an alarm counts. */
export const alarmPeriodMs = 300_000;

export const noWiring: Wiring = { logGroups: [], alarms: [], topics: [] };

/** What a Region of the account has. */
export function wiringIn(state: Collections, region: string): Wiring {
  return wiringsOf(state).get(region) ?? noWiring;
}

/** By Region. */
export function wiringsOf(state: Collections) {
  return state.of<Wiring>('alarm-wiring');
}

/** Switches an alarm's actions off or on; false where there is no such alarm. */
export function muteAlarm(
  state: Collections,
  { region, alarm: name, muted }: { region: string; alarm: string; muted: boolean },
): boolean {
  const wiring = wiringIn(state, region);
  if (!wiring.alarms.some((alarm) => alarm.name === name)) return false;
  const alarms = wiring.alarms.map((alarm) =>
    alarm.name === name ? { ...alarm, actionsEnabled: !muted } : alarm,
  );
  wiringsOf(state).put(region, { ...wiring, alarms });
  state.commit();
  return true;
}
