import type { Alert, Severity } from '../findings';
import { aliasChanges, aliasPutBack } from './aliasChanges';
import {
  keyText,
  parametersOf,
  spanText,
  subjectOf,
  text,
  type ChangeEvent,
  type Draft,
} from './draft';
import { grantChanges, grantTakenBack } from './grantChanges';
import { namedChange, undoOf, type KeyHistory } from './namedChanges';
import { policyChanges } from './policyChanges';
import { noPast, type Past, type PastSubject } from './past';
import { isRefusedChange, refusedChanges } from './refusedChanges';
import type { WatchSettings } from './rules';
import { trailChanges, trailPutBack } from './trailChanges';

export interface ChangeFindings {
  readonly alerts: Alert[];
  /** Ids of events whose record does not show what they changed. */
  readonly unreadable: string[];
}

/**
 * The names of the events that changes are read from, by source: those that are dangerous and those
 * that take them back. `record` where the name alone does not tell enough.
 */
export const changeEvents: Readonly<Record<string, Readonly<Record<string, 'name' | 'record'>>>> = {
  'kms.amazonaws.com': {
    ScheduleKeyDeletion: 'record',
    CancelKeyDeletion: 'name',
    DeleteKey: 'name',
    DisableKey: 'name',
    EnableKey: 'name',
    DisconnectCustomKeyStore: 'record',
    ConnectCustomKeyStore: 'record',
    DeleteCustomKeyStore: 'record',
    DeleteImportedKeyMaterial: 'name',
    DeleteExpiredKeyMaterial: 'name',
    ImportKeyMaterial: 'name',
    DisableKeyRotation: 'name',
    EnableKeyRotation: 'name',
    ReplicateKey: 'record',
    UpdatePrimaryRegion: 'record',
    CreateKey: 'record',
    PutKeyPolicy: 'record',
    CreateGrant: 'record',
    RevokeGrant: 'record',
    RetireGrant: 'record',
    CreateAlias: 'record',
    UpdateAlias: 'record',
    DeleteAlias: 'record',
  },
  'cloudtrail.amazonaws.com': {
    CreateTrail: 'record',
    StartLogging: 'record',
    StopLogging: 'record',
    DeleteTrail: 'record',
    UpdateTrail: 'record',
    PutEventSelectors: 'record',
  },
};

/**
 * The alerts for dangerous changes, in no order. What AWS refused is no change, and neither is a test
 * of a permission. A change that was taken back says so, and counts less where that was soon.
 * @param events those that `changeEvents` names, oldest first
 * @param past what the key inventory knew before
 */
export function changeAlerts(
  events: readonly ChangeEvent[],
  settings: Pick<WatchSettings, 'undoneWithinHours'>,
  past: Past = noPast,
): ChangeFindings {
  const done = events.filter(({ row }) => row.outcome === 'ok' && !row.dryRun);
  const hours = settings.undoneWithinHours;
  const from = (source: string) => done.filter(({ row }) => row.source === source);
  const ofKeys = from('kms.amazonaws.com');
  const of = (...names: string[]) => ofKeys.filter(({ row }) => names.includes(row.name));
  const history = historyOf(done);
  const policies = policyChanges(of('PutKeyPolicy', 'CreateKey', 'ReplicateKey'), hours, past);
  const trails = trailChanges(from('cloudtrail.amazonaws.com'));
  const drafts = [
    ...done.flatMap((event) => namedChange(event, history) ?? []),
    ...policies.drafts,
    ...grantChanges(of('CreateGrant'), past),
    ...aliasChanges(of('CreateAlias', 'UpdateAlias', 'DeleteAlias'), hours, past),
    ...trails.drafts,
  ];
  const undoing = undoingEvents(done);
  const settled = drafts.map((draft) => settle(draft, undoing, hours));
  return {
    alerts: [
      ...grouped(settled),
      ...refusedChanges(events.map(({ row }) => row).filter(isRefusedChange)),
    ],
    unreadable: [...policies.unreadable, ...trails.unreadable],
  };
}

/** What the inventory has to be asked for to compare these events with the time before them, each once. */
export function pastSubjects(events: readonly ChangeEvent[]): PastSubject[] {
  const found = new Map<string, PastSubject>();
  for (const { row, record } of events) {
    const part = partOf[row.name];
    if (part === undefined || row.outcome !== 'ok') continue;
    const alias = text(parametersOf(record)?.['aliasName']);
    const subject = part === 'alias' ? alias : row.keys[0]?.replace(/^.*\//, '');
    if (subject === undefined) continue;
    const { account, region } = row;
    found.set(`${part}|${account}|${region}|${subject}`, { part, account, region, subject });
  }
  return [...found.values()];
}

const partOf: Readonly<Partial<Record<string, PastSubject['part']>>> = {
  PutKeyPolicy: 'policy',
  CreateGrant: 'grantees',
  UpdateAlias: 'alias',
  DeleteAlias: 'alias',
};

function historyOf(done: readonly ChangeEvent[]): KeyHistory {
  const scheduled = new Map<string, { at: string; caller: string }[]>();
  const enabled = new Map<string, string[]>();
  for (const { row } of done) {
    const subject = subjectOf(row);
    if (row.name === 'ScheduleKeyDeletion') {
      const { at, caller } = row;
      scheduled.set(subject, [...(scheduled.get(subject) ?? []), { at, caller }]);
    } else if (row.name === 'EnableKey') {
      enabled.set(subject, [...(enabled.get(subject) ?? []), row.at]);
    }
  }
  return {
    scheduledBefore: (subject, at) => scheduled.get(subject)?.findLast((each) => each.at <= at),
    enabledAfter: (subject, at) => enabled.get(subject)?.some((each) => each >= at) ?? false,
  };
}

/** By the name of what they take back, oldest first. */
function undoingEvents(done: readonly ChangeEvent[]): Map<string, ChangeEvent[]> {
  const found = new Map<string, ChangeEvent[]>();
  for (const event of done) {
    const names = [
      undoOf(event),
      grantTakenBack(event),
      ...aliasPutBack(event),
      ...trailPutBack(event),
    ];
    for (const name of names) {
      if (name === undefined) continue;
      const same = found.get(name);
      if (same) same.push(event);
      else found.set(name, [event]);
    }
  }
  return found;
}

function settle(
  draft: Draft,
  undoing: ReadonlyMap<string, readonly ChangeEvent[]>,
  hours: number,
): Draft {
  const { alert, undoneBy, afterwards } = draft;
  const back = undoneBy === undefined ? undefined : undoing.get(undoneBy);
  const event = back?.find(({ row }) => row.at >= alert.at && row.eventId !== alert.events[0]);
  const undone =
    alert.undone ??
    (event && {
      at: event.row.at,
      by: event.row.caller,
      name: event.row.name,
      eventId: event.row.eventId,
    });
  if (!undone) return draft;
  const soon = Date.parse(undone.at) - Date.parse(alert.at) <= hours * 3_600_000;
  const words = [
    `${undone.by} took it back ${spanText(alert.at, undone.at)} later (${undone.name}).`,
    afterwards?.(undone.at),
  ].filter((word) => word !== undefined);
  return {
    ...draft,
    alert: {
      ...alert,
      undone,
      severity: soon ? lower(alert.severity) : alert.severity,
      reason: `${alert.reason} ${words.join(' ')}`,
    },
  };
}

function lower(severity: Severity): Severity {
  return severity === 'high' ? 'medium' : 'low';
}

/** Changes of one kind by one caller are one alert where none is further than this from the first. */
const togetherMs = 3_600_000;

function grouped(drafts: readonly Draft[]): Alert[] {
  const open = new Map<string, { first: Alert; all: Alert[] }[]>();
  const alone: Alert[] = [];
  const inTime = drafts.toSorted((a, b) => (a.alert.at < b.alert.at ? -1 : 1));
  for (const { alert, groups } of inTime) {
    if (!groups) {
      alone.push(alert);
      continue;
    }
    const { rule, account, region, caller, undone, severity } = alert;
    const name = [rule, account, region, caller, severity, undone !== undefined].join('|');
    const same = open.get(name) ?? [];
    open.set(name, same);
    const last = same.at(-1);
    if (last && Date.parse(alert.at) - Date.parse(last.first.at) <= togetherMs)
      last.all.push(alert);
    else same.push({ first: alert, all: [alert] });
  }
  return [...alone, ...[...open.values()].flat().map(({ first, all }) => joined(first, all))];
}

function joined(first: Alert, all: readonly Alert[]): Alert {
  if (all.length === 1) return first;
  const { key: _key, ...rest } = first;
  const others = all.slice(1, 4).flatMap(({ key }) => (key === undefined ? [] : keyText(key)));
  const more = all.length - 1 - others.length;
  const list = [...others, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return {
    ...rest,
    events: all.flatMap(({ events }) => events).slice(0, 20),
    count: all.length,
    reason: `${first.reason} Within the hour the same for ${list}.`,
  };
}
