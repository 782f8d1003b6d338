import type { Severity } from '../findings';
import {
  alertOf,
  keyText,
  parametersOf,
  spanText,
  subjectOf,
  text,
  timeText,
  type ChangeEvent,
  type Draft,
} from './draft';
import type { WatchRuleId } from './rules';

/**
 * The alert for a change of a key or a key store that its event's name alone makes dangerous; undefined
 * for any other event. Source: KMS developer guide, "Logging AWS KMS API calls".
 * @param history what is known of the key from earlier and later events
 */
export function namedChange(event: ChangeEvent, history: KeyHistory): Draft | undefined {
  const { row } = event;
  if (row.source !== 'kms.amazonaws.com' || !Object.hasOwn(changes, row.name)) return undefined;
  const [rule, severity, did, undoneBy] = changes[row.name] as Change;
  const what = subjectText(event);
  const words = `${did.replace('{key}', what)} at ${timeText(row.at)}.`;
  const more = sentences(event, history);
  // What the service did by itself has no other caller.
  const who = row.type === 'AwsServiceEvent' ? 'KMS' : row.caller;
  const reason = [`${who} ${words}`, ...more].join(' ');
  return {
    alert: alertOf(row, rule, severity, '', { reason, caller: who }),
    undoneBy: undoneBy && `${undoneBy}|${undoSubject(event)}`,
    ...(rule === 'key-deletion-scheduled' && {
      afterwards: (undoneAt: string) =>
        history.enabledAfter(subjectOf(row), undoneAt)
          ? undefined
          : 'The key stays disabled until EnableKey, which is not stored.',
    }),
    // A replica is one more place each time, whatever the key.
    groups: rule !== 'replica-made',
  };
}

/** What other events say of a key. */
export interface KeyHistory {
  /** Who scheduled the deletion last before a time. */
  readonly scheduledBefore: (
    subject: string,
    at: string,
  ) => { readonly at: string; readonly caller: string } | undefined;
  readonly enabledAfter: (subject: string, at: string) => boolean;
}

/** The name under which an event takes back an earlier one; undefined where it is no such event. */
export function undoOf(event: ChangeEvent): string | undefined {
  const undone = Object.hasOwn(undoes, event.row.name) ? undoes[event.row.name] : undefined;
  return undone && `${undone}|${undoSubject(event)}`;
}

type Change = readonly [
  rule: WatchRuleId,
  severity: Severity,
  did: string,
  undoneBy?: string | undefined,
];

const changes: Readonly<Record<string, Change>> = {
  ScheduleKeyDeletion: [
    'key-deletion-scheduled',
    'high',
    'scheduled the deletion of {key}',
    'deletion',
  ],
  DeleteKey: ['key-deleted', 'high', 'deleted {key}'],
  DisableKey: ['key-disabled', 'high', 'disabled {key}', 'disabled'],
  DisconnectCustomKeyStore: ['key-store-disconnected', 'high', 'disconnected {key}', 'store'],
  DeleteCustomKeyStore: ['key-store-disconnected', 'high', 'deleted {key}'],
  DeleteImportedKeyMaterial: [
    'imported-material-deleted',
    'high',
    'deleted the imported material of {key}',
    'material',
  ],
  DeleteExpiredKeyMaterial: [
    'imported-material-expired',
    'high',
    'deleted the imported material of {key}, which had expired,',
    'material',
  ],
  DisableKeyRotation: ['rotation-off', 'medium', 'turned off the rotation of {key}', 'rotation'],
  ReplicateKey: ['replica-made', 'medium', 'made a replica of {key}'],
  UpdatePrimaryRegion: ['primary-moved', 'medium', 'moved the primary of {key}'],
};

const undoes: Readonly<Record<string, string>> = {
  CancelKeyDeletion: 'deletion',
  EnableKey: 'disabled',
  ConnectCustomKeyStore: 'store',
  ImportKeyMaterial: 'material',
  EnableKeyRotation: 'rotation',
};

function undoSubject(event: ChangeEvent): string {
  const { row, record } = event;
  if (!row.name.endsWith('CustomKeyStore')) return subjectOf(row);
  return `${row.account}|${row.region}|${text(parametersOf(record)?.['customKeyStoreId']) ?? ''}`;
}

function subjectText({ row, record }: ChangeEvent): string {
  if (!row.name.endsWith('CustomKeyStore')) return keyText(row.keys[0]);
  const id = text(parametersOf(record)?.['customKeyStoreId']);
  return id === undefined ? 'a key store that the event does not name' : `key store ${id}`;
}

function sentences({ row, record }: ChangeEvent, history: KeyHistory): string[] {
  const parameters = parametersOf(record);
  switch (row.name) {
    case 'ScheduleKeyDeletion': {
      if (!parameters) return [];
      const asked = Number(parameters['pendingWindowInDays'] ?? 30);
      if (!Number.isInteger(asked)) return [];
      const end = new Date(Date.parse(row.at) + asked * 86_400_000).toISOString();
      return [`It waits ${asked} days and can be cancelled until ${timeText(end)}.`];
    }
    case 'DeleteKey': {
      const scheduled = history.scheduledBefore(subjectOf(row), row.at);
      return [
        scheduled
          ? `${scheduled.caller} had scheduled it ${spanText(scheduled.at, row.at)} before.`
          : 'Who scheduled it is not stored.',
      ];
    }
    case 'ReplicateKey': {
      const region = text(parameters?.['replicaRegion']);
      return region === undefined ? [] : [`The replica is in ${region}.`];
    }
    case 'UpdatePrimaryRegion': {
      const region = text(parameters?.['primaryRegion']);
      return region === undefined ? [] : [`The primary is in ${region} now.`];
    }
    default:
      return [];
  }
}
