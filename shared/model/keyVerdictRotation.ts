import type { KeyMetadata, KeyRow, RotationStatus } from './key';
import {
  isPendingDeletion,
  onDemandLimit,
  rotationCapability,
  rotationOutlook,
} from './keyRotationRules';
import { day, days, told, type Settings } from './keyVerdictParts';
import type { Verdict } from './verdict';

/** Is the key rotated often enough? A kind of key that AWS cannot rotate is not-applicable, never a fail. */
export function rotationVerdict(row: KeyRow, now: Date, settings: Settings): Verdict {
  const metadata = told(row.metadata, 'kms:DescribeKey', 'whether this kind of key can rotate');
  if (!metadata.known) return metadata.verdict;
  const capability = rotationCapability(metadata.value);
  if (capability.automatic !== 'yes') {
    const used = capability.onDemand ? rotationOutlook(row, now).onDemandUsed : undefined;
    const count =
      used === undefined ? '' : ` ${used} of ${onDemandLimit} on-demand rotations used.`;
    return {
      value: 'not-applicable',
      reason: `${capability.reason ?? ''}${count}`,
      ...(capability.remedy !== undefined && { remedy: capability.remedy }),
    };
  }
  if (isPendingDeletion(metadata.value)) {
    return {
      value: 'not-applicable',
      reason:
        'Pending deletion: AWS reports rotation as off and restores the setting if the deletion is cancelled.',
    };
  }
  const status = told(row.rotation, 'kms:GetKeyRotationStatus', 'whether it rotates');
  if (!status.known) return status.verdict;
  const { setInRegion } = capability;
  const where = setInRegion ? ` on the primary key in ${setInRegion}` : '';
  if (status.value.enabled) {
    return rotatingVerdict(row, metadata.value, status.value, now, settings, where);
  }
  const { overdueDays, materialAgeDays } = rotationOutlook(
    row,
    now,
    settings.maxRotationPeriodDays,
  );
  const age =
    materialAgeDays === undefined
      ? ''
      : ` Its material is ${days(materialAgeDays)} old${overdueDays === undefined ? '' : `, ${days(overdueDays)} over the limit`}.`;
  const enableFirst =
    metadata.value.keyState === 'Disabled' ? 'Enable the key, then switch' : 'Switch';
  return {
    value: 'fail',
    reason: `Automatic rotation is off.${age}`,
    remedy: `${enableFirst} automatic rotation on${where}; AWS keeps the old material to decrypt.`,
  };
}

function rotatingVerdict(
  row: KeyRow,
  metadata: KeyMetadata,
  status: RotationStatus,
  now: Date,
  settings: Settings,
  where: string,
): Verdict {
  const { periodDays, nextRotationDate } = status;
  if (periodDays === undefined) {
    return { value: 'cannot-tell', reason: 'Rotation is on, but AWS does not say how often.' };
  }
  const limit = settings.maxRotationPeriodDays;
  if (periodDays > limit) {
    return {
      value: 'fail',
      reason: `Rotates every ${days(periodDays)}; the limit is ${days(limit)}.`,
      remedy: `Set a rotation period of ${days(limit)} or less${where}.`,
    };
  }
  const { overdueDays } = rotationOutlook(row, now, limit);
  if (metadata.keyState !== 'Enabled') {
    return {
      value: 'not-applicable',
      reason: `Rotation is on, every ${days(periodDays)}, but waits while the key is ${metadata.keyState}${overdueDays === undefined ? '' : `; it is overdue by ${days(overdueDays)} and runs as soon as the key is enabled`}.`,
    };
  }
  if (overdueDays !== undefined && nextRotationDate !== undefined) {
    return {
      value: 'fail',
      reason: `Rotation is overdue by ${days(overdueDays)}: it was due on ${day(nextRotationDate)}.`,
      remedy: 'Rotate on demand, and ask AWS Support why the scheduled rotation did not run.',
    };
  }
  if (nextRotationDate === undefined) {
    return { value: 'cannot-tell', reason: 'Rotation is on, but AWS names no next date.' };
  }
  return {
    value: 'pass',
    reason: `Rotates every ${days(periodDays)}, next on ${day(nextRotationDate)}.`,
  };
}
