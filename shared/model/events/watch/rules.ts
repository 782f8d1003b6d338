import { z } from 'zod';

export interface WatchRule {
  /** A change that is dangerous in itself, or a use that is not as usual. */
  readonly kind: 'change' | 'unusual';
  readonly title: string;
  /** What it looks for, in a sentence for the settings. */
  readonly about: string;
}

const change = (title: string, about: string): WatchRule => ({ kind: 'change', title, about });
const unusual = (title: string, about: string): WatchRule => ({ kind: 'unusual', title, about });

/**
 * What the watch looks for, by stable name. Source of the changes: KMS developer guide, "Logging AWS
 * KMS API calls"; CloudTrail API reference.
 */
export const watchRules = {
  'key-deletion-scheduled': change(
    'Key deletion scheduled',
    'ScheduleKeyDeletion: when the waiting period ends, the key and all it encrypts are gone.',
  ),
  'key-deleted': change('Key deleted', 'DeleteKey: KMS deleted a key when its wait was over.'),
  'key-disabled': change('Key disabled', 'DisableKey: nothing can be opened with it meanwhile.'),
  'key-store-disconnected': change(
    'Key store disconnected',
    'DisconnectCustomKeyStore or DeleteCustomKeyStore: its keys cannot be used.',
  ),
  'imported-material-deleted': change(
    'Imported key material deleted',
    'DeleteImportedKeyMaterial: the key cannot be used until it is imported again.',
  ),
  'imported-material-expired': change(
    'Imported key material expired',
    'DeleteExpiredKeyMaterial: KMS deleted material at its expiry.',
  ),
  'policy-public': change(
    'Key open to everybody',
    'A policy that lets in every principal, of any account, without a narrowing condition.',
  ),
  'policy-lockout-bypassed': change(
    'Policy put without the lock-out check',
    'PutKeyPolicy with BypassPolicyLockoutSafetyCheck: the account may lose the key for good.',
  ),
  'policy-other-account': change(
    'Another account let in by policy',
    'A policy that names another account than before.',
  ),
  'policy-changed': change('Key policy changed', 'PutKeyPolicy that gives or takes something.'),
  'grant-other-account': change(
    'Grant to another account',
    'CreateGrant for a principal of another account that had none for this key.',
  ),
  'grant-new-principal': change(
    'Grant to a new principal',
    'CreateGrant for a principal that had none for this key. AWS services are left out.',
  ),
  'alias-re-pointed': change('Alias re-pointed', 'UpdateAlias: an alias leads to another key.'),
  'alias-deleted': change('Alias deleted', 'DeleteAlias: callers that use it fail.'),
  'rotation-off': change('Rotation turned off', 'DisableKeyRotation.'),
  'replica-made': change('Replica made', 'ReplicateKey: the key lives in one more Region.'),
  'primary-moved': change('Primary moved', 'UpdatePrimaryRegion of a multi-Region key.'),
  'kms-left-out': change(
    'KMS left out of a trail',
    'PutEventSelectors that excludes KMS: what is not recorded cannot be had later.',
  ),
  'management-events-left-out': change(
    'Management events left out of a trail',
    'PutEventSelectors that no longer records all reads and writes.',
  ),
  'trail-stopped': change('Trail stopped', 'StopLogging.'),
  'trail-deleted': change('Trail deleted', 'DeleteTrail.'),
  'trail-weakened': change(
    'Trail weakened',
    'UpdateTrail that turns log file validation off, or makes it a trail of one Region.',
  ),
  'trail-updated': change(
    'Trail redirected or changed',
    'UpdateTrail that changes the bucket, key, log group or topic, or does not say what it changes.',
  ),
  'change-refused': change(
    'Dangerous changes refused',
    'Somebody tried one of the changes above and AWS said no for want of permission.',
  ),
  'new-caller': unusual(
    'New caller of a key',
    'A key whose callers had settled is used by another one.',
  ),
  'new-network': unusual(
    'Call from a new network',
    'A known caller calls from a network (/16 of IPv4, /32 of IPv6) that the account never saw.',
  ),
  volume: unusual(
    'Far more calls than usual',
    'A key or a caller has far more calls in an hour than usual at that hour of the day.',
  ),
  'used-after-silence': unusual(
    'Key used after long silence',
    'A key of which no use was stored for long is used.',
  ),
  'replica-first-used': unusual(
    'Replica used for the first time',
    'A multi-Region key that was used elsewhere is used in this Region for the first time.',
  ),
  'denial-burst': unusual(
    'Burst of denials',
    'A caller is denied far more often in an hour than usual.',
  ),
} as const satisfies Readonly<Record<string, WatchRule>>;

export type WatchRuleId = keyof typeof watchRules;
export const watchRuleIds = Object.keys(watchRules) as [WatchRuleId, ...WatchRuleId[]];

const whole = (from: number, to: number, standard: number) =>
  z.number().int().min(from).max(to).default(standard);

/** What an operator can set of the watch; the defaults are quiet. */
export const watchSettingsSchema = z.object({
  /** Rules that are switched off. */
  off: z.array(z.enum(watchRuleIds)).default([]),
  /** A change that is undone within so many hours counts less. */
  undoneWithinHours: whole(1, 24 * 30, 24),
  /** Nothing is unusual before so many days of an account and Region are stored without a gap. */
  learningDays: whole(1, 365, 14),
  /** Calls in an hour below which no volume is told. */
  volumeMinimum: whole(10, 1_000_000, 100),
  /** So many times the hour's habit. */
  volumeTimes: whole(2, 1000, 5),
  silenceDays: whole(7, 3650, 90),
  /** Denials of a caller in an hour below which no burst is told. */
  denialMinimum: whole(2, 100_000, 20),
});
export type WatchSettings = z.output<typeof watchSettingsSchema>;
