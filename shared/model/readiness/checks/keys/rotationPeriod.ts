import { days } from '../../../keyVerdictParts';
import { rotationVerdict } from '../../../keyVerdictRotation';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';
import { rotationAsked, rotationIsOff } from './rotationAsked';

export const rotationPeriod = keyCheck({
  id: 'rotation-period',
  question: 'Is every key rotated at least once a year?',
  why: 'AWS allows periods up to 2,560 days: rotation that comes every seven years is on, and of no use.',
  remedy: {
    console: 'KMS > Customer managed keys > the key > Key rotation > Edit: Rotation period.',
    cli: 'aws kms enable-key-rotation --key-id KEY --rotation-period-in-days 365',
    terraform: 'resource "aws_kms_key": rotation_period_in_days = 365',
  },
  severity: 'medium',
  shelfLifeHours: dayHours,
  heeds: ['maxRotationPeriodDays'],
  topics: ['rotation'],
  parts: ['metadata', 'rotation'],
  rule: (row, now, settings) => {
    const verdict = rotationVerdict(row, now, settings);
    const status = rotationAsked(row, verdict);
    if (!status) return verdict;
    if (!status.enabled) return rotationIsOff;
    const { periodDays } = status;
    return periodDays === undefined || periodDays > settings.maxRotationPeriodDays
      ? verdict
      : { value: 'pass', reason: `Rotates every ${days(periodDays)}.` };
  },
});
