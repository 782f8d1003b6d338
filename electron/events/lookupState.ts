import { z } from 'zod';

/**
 * Changes of keys and of the trail that an officer must not miss: each is asked for by its name, so
 * that they are found however many calls use keys. LookupEvents takes one attribute a request.
 */
export const watchedNames: readonly string[] = [
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
  'DeleteKey',
  'DisableKey',
  'EnableKey',
  'PutKeyPolicy',
  'DisableKeyRotation',
  'EnableKeyRotation',
  'RotateKeyOnDemand',
  'RotateKey',
  'ImportKeyMaterial',
  'DeleteImportedKeyMaterial',
  'DeleteExpiredKeyMaterial',
  'CreateGrant',
  'RevokeGrant',
  'UpdateAlias',
  'DeleteAlias',
  'ReplicateKey',
  'UpdatePrimaryRegion',
  'SynchronizeMultiRegionKey',
  'PutEventSelectors',
  'StopLogging',
  'DeleteTrail',
  'UpdateTrail',
];

/** The name under which an account and Region keeps how far its event history is known. */
export function lookupName(account: string, region: string): string {
  return `lookup ${account} ${region}`;
}

/** How far the event history of an account and Region is known. */
export const lookupStateSchema = z.object({
  /** By what was asked for, up to when it is known. */
  until: z.record(z.string(), z.string()),
  /** When the sweep began that is not through. */
  sweep: z.string().optional(),
  /** A list that was begun and not ended: LookupEvents goes on with the same question and its token. */
  open: z
    .object({
      what: z.string(),
      from: z.string(),
      to: z.string(),
      token: z.string(),
      pages: z.number().int(),
      oldest: z.string().optional(),
    })
    .optional(),
});
export type LookupState = z.infer<typeof lookupStateSchema>;

/** Up to when all that is asked for is known; undefined while the first pass is not through. */
export function knownUntil({ until }: LookupState): string | undefined {
  const times = [...watchedNames, use].flatMap((what) => until[what] ?? []);
  if (times.length <= watchedNames.length) return undefined;
  return times.reduce((a, b) => (a < b ? a : b));
}

/** What stands for all other calls of KMS. */
export const use = 'use';
