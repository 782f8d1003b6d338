import type { ChangeEvent } from '../../../shared/model/events/watch/draft';
import { changeAlerts } from '../../../shared/model/events/watch/changeAlerts';
import { pastOf, type PastReading } from '../../../shared/model/events/watch/past';
import { watchSettingsSchema, type WatchSettings } from '../../../shared/model/events/watch/rules';
import { eventRow } from './exampleEvents';

export const account = '111122223333';
export const keyArn = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const settings: WatchSettings = watchSettingsSchema.parse({});

let numbers = 0;

/** A change `minutes` after noon, by Alice, with its request. */
export function changed(
  name: string,
  minutes: number,
  parameters?: object,
  more: Partial<ChangeEvent['row']> & { readonly response?: object; readonly extra?: object } = {},
): ChangeEvent {
  const { response, extra, ...row } = more;
  numbers += 1;
  return {
    row: eventRow({
      eventId: `e-${numbers}`,
      at: `${new Date(Date.parse('2026-03-01T12:00:00Z') + minutes * 60_000).toISOString().slice(0, 19)}Z`,
      name,
      account,
      region: 'eu-central-1',
      source: /Trail|Logging|Selectors/.test(name)
        ? 'cloudtrail.amazonaws.com'
        : 'kms.amazonaws.com',
      keys: [keyArn],
      caller: 'Alice',
      outcome: 'ok',
      readOnly: false,
      dryRun: false,
      ...row,
    }),
    ...(parameters && {
      record: {
        requestParameters: parameters,
        responseElements: response,
        additionalEventData: extra,
      },
    }),
  };
}

/** The alerts for some events, oldest first, as `severity rule`. */
export function told(events: readonly ChangeEvent[]): string[] {
  return watched(events).alerts.map(({ severity, rule }) => `${severity} ${rule}`);
}

export function watched(events: readonly ChangeEvent[], readings: readonly PastReading[] = []) {
  const { alerts, unreadable } = changeAlerts(events, settings, pastOf(readings));
  return { alerts: alerts.toSorted((a, b) => (a.at < b.at ? -1 : 1)), unreadable };
}

/** A key policy's text. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A statement that allows; principals as AWS names them. */
export function allow(principal: string, ...actions: string[]): object {
  return {
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: principal },
    Action: actions.length === 1 ? actions[0] : actions,
    Resource: '*',
  };
}

export const root = allow(`arn:aws:iam::${account}:root`, 'kms:*');
