import type { KeyRow } from './key';
import { daysBetween } from './keyRotationRules';
import { day, inDays, told, type Settings } from './keyVerdictParts';
import type { Verdict } from './verdict';

/** Can the key be used, and will it stay? A primary that waits for its replicas has no date. */
export function stateVerdict(row: KeyRow, now: Date): Verdict {
  const metadata = told(row.metadata, 'kms:DescribeKey', 'the state of the key');
  if (!metadata.known) return metadata.verdict;
  const { keyState, deletionDate, pendingDeletionWindowInDays, multiRegion } = metadata.value;
  switch (keyState) {
    case 'Enabled':
      return { value: 'pass', reason: 'Enabled, and not scheduled for deletion.' };
    case 'Disabled':
      return {
        value: 'fail',
        reason: 'Disabled: nothing can be encrypted or decrypted with it.',
        remedy:
          'Enable it if data still depends on it; otherwise let its disabling be a decision on record.',
      };
    case 'PendingDeletion':
      return {
        value: 'fail',
        reason: deletionDate
          ? `Will be deleted ${inDays(daysBetween(now, deletionDate))}, on ${day(deletionDate)}: then what it encrypted is lost.`
          : 'Will be deleted; AWS names no date.',
        remedy: cancelThenEnable,
      };
    case 'PendingReplicaDeletion':
      return {
        value: 'fail',
        reason: `Deletion waits until the replicas${listed(multiRegion?.replicaRegions)} are gone; there is no date yet. After that it is deleted in ${String(pendingDeletionWindowInDays ?? '7 to 30')} days.`,
        remedy: cancelThenEnable,
      };
    case 'PendingImport':
      return {
        value: 'fail',
        reason: 'Has no key material: never imported, or a material was deleted or has expired.',
        remedy: 'Import the same key material again; other material cannot open what it encrypted.',
      };
    case 'Unavailable':
      return {
        value: 'fail',
        reason: 'Unavailable: its custom key store is disconnected, so it cannot be used.',
        remedy: 'Connect the custom key store.',
      };
    default:
      return {
        value: 'cannot-tell',
        reason: `The state is ${keyState}: ask again when it has settled.`,
      };
  }
}

/** Will imported key material last? DescribeKey names the earliest expiry of all its materials. */
export function materialVerdict(row: KeyRow, now: Date, settings: Settings): Verdict {
  const metadata = told(row.metadata, 'kms:DescribeKey', 'whether its material was imported');
  if (!metadata.known) return metadata.verdict;
  const { origin, keyState, expirationModel, validTo } = metadata.value;
  if (origin !== 'EXTERNAL') {
    return { value: 'not-applicable', reason: 'Its key material was not imported.' };
  }
  const reimport = 'Import the same key material again from its escrow copy.';
  if (keyState === 'PendingImport') {
    return {
      value: 'fail',
      reason: 'The imported key material is missing, was deleted or has expired.',
      remedy: reimport,
    };
  }
  if (validTo !== undefined) {
    const left = daysBetween(now, validTo);
    const reason = `Imported key material ${new Date(validTo) <= now ? 'expired' : `expires ${inDays(left)},`} on ${day(validTo)}; then the key cannot be used.`;
    return left < settings.expiryWarningDays
      ? { value: 'fail', reason, remedy: reimport }
      : { value: 'pass', reason };
  }
  if (expirationModel === 'KEY_MATERIAL_DOES_NOT_EXPIRE') {
    return {
      value: 'pass',
      reason:
        'The imported key material does not expire. AWS keeps no copy: yours is the only one.',
    };
  }
  return { value: 'cannot-tell', reason: 'AWS does not say when the imported material expires.' };
}

const cancelThenEnable =
  'To keep the key: cancel the deletion, then enable the key (it comes back disabled).';

function listed(regions: readonly string[] | undefined): string {
  return regions?.length ? ` in ${regions.join(', ')}` : '';
}
