import { known } from './facet';
import type { KeyMetadata, KeyRow } from './key';

/** On-demand rotations that AWS allows in a key's whole life (KMS developer guide, resource quotas). */
export const onDemandLimit = 25;

/** The longest period between rotations that counts as in order, in days, where nothing else is set. */
export const defaultMaxPeriodDays = 365;

/** A scheduled rotation may complete some hours after its date; only a full day later is it overdue. */
export const rotationGraceMs = 24 * 3600_000;

/** Whether and how a kind of key can get new material under the same key id. */
export interface RotationCapability {
  /** `yes`: can be switched on; `always`: AWS does it and nobody can change that; `no`: AWS cannot. */
  readonly automatic: 'yes' | 'always' | 'no';
  readonly onDemand: boolean;
  /** Why automatic rotation cannot be set, as a sentence; absent where it can. */
  readonly reason?: string;
  /** What to do instead. */
  readonly remedy?: string;
  /** A multi-Region replica takes its rotation from the primary in this Region. */
  readonly setInRegion?: string;
}

/**
 * Which keys can rotate at all (KMS developer guide, "Rotate AWS KMS keys"): decided by who manages
 * the key, its spec and its origin, never by what GetKeyRotationStatus happens to answer.
 */
export function rotationCapability(metadata: KeyMetadata): RotationCapability {
  if (metadata.keyManager === 'AWS') {
    return {
      automatic: 'always',
      onDemand: false,
      reason: 'AWS manages this key and rotates it about once a year; nobody else can.',
    };
  }
  const instead = 'Create a new key and point the alias to it; keep the old key to decrypt.';
  if (metadata.origin === 'AWS_CLOUDHSM' || metadata.origin === 'EXTERNAL_KEY_STORE') {
    return {
      automatic: 'no',
      onDemand: false,
      reason: 'AWS KMS cannot rotate a key in a custom key store.',
      remedy:
        metadata.origin === 'EXTERNAL_KEY_STORE'
          ? 'Rotate in the external key manager, or create a new key and point the alias to it.'
          : instead,
    };
  }
  if (metadata.keySpec !== 'SYMMETRIC_DEFAULT') {
    return {
      automatic: 'no',
      onDemand: false,
      reason: `AWS KMS rotates symmetric encryption keys only; this is ${article(kindOfKey(metadata))} key.`,
      remedy: isSigning(metadata)
        ? 'Create a new key, publish its public key, then point the alias to it; keep the old one to verify.'
        : instead,
    };
  }
  const replica = metadata.multiRegion?.type === 'REPLICA' ? metadata.multiRegion : undefined;
  const setInRegion = replica ? { setInRegion: replica.primaryRegion } : {};
  if (metadata.origin === 'EXTERNAL') {
    return {
      automatic: 'no',
      onDemand: true,
      reason: 'The key material was imported: AWS KMS cannot make new material for it by itself.',
      remedy:
        'Import new key material and rotate on demand, or create a new key and point the alias to it.',
      ...setInRegion,
    };
  }
  if (metadata.origin !== 'AWS_KMS') {
    return {
      automatic: 'no',
      onDemand: false,
      reason: `The origin ${metadata.origin} is not one that AWS KMS rotates, as far as this version knows.`,
    };
  }
  return { automatic: 'yes', onDemand: true, ...setInRegion };
}

/** Why GetKeyRotationStatus does not apply to a key; undefined where it does and is worth asking. */
export function noRotationStatusReason(metadata: KeyMetadata): string | undefined {
  const { automatic, reason } = rotationCapability(metadata);
  return automatic === 'no' ? reason : undefined;
}

/** Why ListKeyRotations does not apply to a key: it lists the materials of symmetric keys only. */
export function noRotationHistoryReason(metadata: KeyMetadata): string | undefined {
  const { automatic, onDemand, reason } = rotationCapability(metadata);
  return automatic === 'no' && !onDemand ? reason : undefined;
}

/** The rotation columns of one row; what is not known is absent. */
export interface RotationOutlook {
  readonly periodDays?: number;
  readonly nextRotationDate?: string;
  readonly lastRotationDate?: string;
  readonly lastRotationType?: string;
  /** On-demand rotations used and left of the 25. */
  readonly onDemandUsed?: number;
  readonly onDemandLeft?: number;
  /** Age of the current material in whole days; absent for imported material and replicas without a rotation. */
  readonly materialAgeDays?: number;
  /**
   * Whole days by which a rotation is late: past its next date, or, where rotation is off, the age of
   * the material above the limit. Absent where nothing is late or it cannot be known.
   */
  readonly overdueDays?: number;
}

/**
 * Adds up what is known of a key's rotation at `now` (the account's clock). For columns and words;
 * the reading of good or bad is `keyVerdicts`.
 */
export function rotationOutlook(
  row: KeyRow,
  now: Date,
  maxPeriodDays = defaultMaxPeriodDays,
): RotationOutlook {
  const metadata = known(row.metadata);
  const status = known(row.rotation);
  const history = known(row.history);
  const capability = metadata && rotationCapability(metadata);
  const age = materialAgeDays(row, now);
  const used = capability?.onDemand ? history?.onDemandUsed : undefined;
  const overdue =
    capability?.automatic === 'yes' && status && !isPendingDeletion(metadata)
      ? overdueDays(status, age, now, maxPeriodDays)
      : undefined;
  return {
    ...(status?.enabled && status.periodDays !== undefined && { periodDays: status.periodDays }),
    ...(status?.enabled &&
      status.nextRotationDate !== undefined && { nextRotationDate: status.nextRotationDate }),
    ...(history?.lastRotationDate !== undefined && { lastRotationDate: history.lastRotationDate }),
    ...(history?.lastRotationType !== undefined && { lastRotationType: history.lastRotationType }),
    ...(used !== undefined && {
      onDemandUsed: used,
      onDemandLeft: Math.max(0, onDemandLimit - used),
    }),
    ...(age !== undefined && { materialAgeDays: age }),
    ...(overdue !== undefined && { overdueDays: overdue }),
  };
}

/** A key's kind in a word for a person: `RSA`, `elliptic-curve`, `HMAC`. */
export function kindOfKey(metadata: Pick<KeyMetadata, 'keySpec'>): string {
  const { keySpec } = metadata;
  if (keySpec === 'SYMMETRIC_DEFAULT') return 'symmetric';
  if (keySpec.startsWith('RSA_')) return 'RSA';
  if (keySpec.startsWith('ECC_')) return 'elliptic-curve';
  if (keySpec.startsWith('HMAC_')) return 'HMAC';
  if (keySpec.startsWith('ML_DSA_')) return 'ML-DSA';
  if (keySpec.startsWith('ML_KEM_')) return 'ML-KEM';
  return keySpec;
}

/** Whether a key, or the primary it belongs to, waits for its deletion. */
export function isPendingDeletion(metadata: Pick<KeyMetadata, 'keyState'> | undefined): boolean {
  return (
    metadata?.keyState === 'PendingDeletion' || metadata?.keyState === 'PendingReplicaDeletion'
  );
}

/** Whole days from one time to another; negative where `to` lies before `from`. */
export function daysBetween(from: string | Date, to: string | Date): number {
  return Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 86_400_000);
}

function overdueDays(
  status: { enabled: boolean; nextRotationDate?: string | undefined },
  age: number | undefined,
  now: Date,
  maxPeriodDays: number,
): number | undefined {
  if (status.enabled) {
    if (status.nextRotationDate === undefined) return undefined;
    const late = now.getTime() - new Date(status.nextRotationDate).getTime();
    return late > rotationGraceMs ? Math.floor(late / 86_400_000) : undefined;
  }
  return age !== undefined && age > maxPeriodDays ? age - maxPeriodDays : undefined;
}

function materialAgeDays(row: KeyRow, now: Date): number | undefined {
  const metadata = known(row.metadata);
  const history = known(row.history);
  if (!metadata || !history) return undefined;
  if (history.lastRotationDate !== undefined) return daysBetween(history.lastRotationDate, now);
  // A replica is younger than its material, and imported material is younger than its key.
  const madeWithKey = metadata.multiRegion?.type !== 'REPLICA' && metadata.origin === 'AWS_KMS';
  return history.count === 0 && madeWithKey ? daysBetween(metadata.creationDate, now) : undefined;
}

function isSigning(metadata: KeyMetadata): boolean {
  return metadata.keyUsage === 'SIGN_VERIFY';
}

function article(word: string): string {
  return /^(RSA|HMAC|ML|[aeiou])/.test(word) ? `an ${word}` : `a ${word}`;
}
