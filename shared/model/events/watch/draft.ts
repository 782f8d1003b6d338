import type { EventRow } from '../event';
import type { Alert, Severity } from '../findings';
import { watchRules, type WatchRuleId } from './rules';

/** What the table gives of an event. */
export type WatchedRow = Omit<EventRow, 'requestId' | 'sharedEventId' | 'keyMaterialId'>;

/** An event that may be a dangerous change, with its raw record, parsed, where the rules need it and it is there. */
export interface ChangeEvent {
  readonly row: WatchedRow;
  readonly record?: unknown;
}

/** An alert in the making: what would undo it is looked for afterwards. */
export interface Draft {
  readonly alert: Alert;
  /** The name under which a later event says that it takes this back. */
  readonly undoneBy?: string | undefined;
  /** Said where it was undone: `The key stays disabled until EnableKey.` */
  readonly afterwards?: ((undoneAt: string) => string | undefined) | undefined;
  /** May stand with others of its rule and caller in one alert. */
  readonly groups: boolean;
}

/** The alert of one event. @param did what the caller did, to follow the caller's name */
export function alertOf(
  row: WatchedRow,
  rule: WatchRuleId,
  severity: Severity,
  did: string,
  more: Partial<Alert> = {},
): Alert {
  const { kind, title } = watchRules[rule];
  const [key] = row.keys;
  return {
    id: `${rule}|${row.eventId}`,
    kind,
    rule,
    severity,
    title,
    reason: `${row.caller} ${did}`,
    at: row.at,
    account: row.account,
    region: row.region,
    caller: row.caller,
    ...(key !== undefined && { key }),
    events: [row.eventId],
    count: 1,
    ...more,
  };
}

/** `2026-11-16 02:13 UTC` */
export function timeText(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

/** A key's id of its ARN, an alias as it is. */
export function keyText(key: string | undefined): string {
  if (key === undefined) return 'a key that the event does not name';
  const id = key.startsWith('arn:') ? key.slice(key.lastIndexOf(':') + 1) : key;
  return id.startsWith('alias/') ? id : `key ${id.replace(/^key\//, '')}`;
}

/** One key in one account and Region, however an event names it. */
export function subjectOf(row: WatchedRow): string {
  return `${row.account}|${row.region}|${(row.keys[0] ?? '').replace(/^.*\//, '')}`;
}

/** `23 minutes`, `3 hours`, `12 days`: from one time to another. */
export function spanText(from: string, to: string): string {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

type Members = Readonly<Record<string, unknown>>;

/** `requestParameters` of a record; undefined where it is not there. */
export function parametersOf(record: unknown): Members | undefined {
  return members(members(record)?.['requestParameters']);
}

export function members(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
