import type { EventRow } from '../event';
import type { Alert } from '../findings';

/** What the table gives of an event. */
export type WatchedRow = Omit<EventRow, 'requestId' | 'sharedEventId' | 'keyMaterialId'>;

/**
 * The alert for a change that its event's name alone makes dangerous; undefined for any other event,
 * for one that AWS refused and for a test of a permission. Source: KMS developer guide, "Logging AWS
 * KMS API calls"; CloudTrail API reference.
 */
export function namedChange(row: WatchedRow): Alert | undefined {
  const ofSource = Object.hasOwn(changes, row.source) ? changes[row.source] : undefined;
  const change = ofSource && Object.hasOwn(ofSource, row.name) ? ofSource[row.name] : undefined;
  if (!change || row.outcome !== 'ok' || row.dryRun) return undefined;
  const [rule, severity, title, did] = change;
  const [key] = row.keys;
  return {
    id: `${rule}|${row.eventId}`,
    kind: 'change',
    rule,
    severity,
    title,
    reason: `${row.caller} ${did}${key === undefined ? '' : ` (${key})`} at ${row.at}.`,
    at: row.at,
    account: row.account,
    region: row.region,
    caller: row.caller,
    ...(key !== undefined && { key }),
    events: [row.eventId],
    count: 1,
  };
}

type Change = readonly [rule: string, severity: Alert['severity'], title: string, did: string];

const changes: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  'kms.amazonaws.com': {
    ScheduleKeyDeletion: [
      'key-deletion-scheduled',
      'high',
      'Key deletion scheduled',
      'scheduled the deletion of a key',
    ],
    DisableKey: ['key-disabled', 'high', 'Key disabled', 'disabled a key'],
    DeleteImportedKeyMaterial: [
      'imported-material-deleted',
      'high',
      'Imported key material deleted',
      'deleted the imported material of a key',
    ],
    DisableKeyRotation: [
      'rotation-off',
      'medium',
      'Rotation turned off',
      'turned off the rotation of a key',
    ],
    DeleteAlias: ['alias-deleted', 'medium', 'Alias deleted', 'deleted an alias of a key'],
    UpdateAlias: [
      'alias-re-pointed',
      'medium',
      'Alias re-pointed',
      'pointed an alias at another key',
    ],
    ReplicateKey: ['replica-made', 'medium', 'Replica made', 'made a replica of a key'],
    UpdatePrimaryRegion: [
      'primary-moved',
      'medium',
      'Primary moved',
      'moved the primary of a multi-Region key',
    ],
  },
  'cloudtrail.amazonaws.com': {
    StopLogging: ['trail-stopped', 'high', 'Trail stopped', 'stopped a trail'],
    DeleteTrail: ['trail-deleted', 'high', 'Trail deleted', 'deleted a trail'],
    UpdateTrail: ['trail-updated', 'medium', 'Trail updated', 'changed the settings of a trail'],
  },
};
