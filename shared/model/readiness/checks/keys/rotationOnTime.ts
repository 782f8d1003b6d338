import { rotationOutlook } from '../../../keyRotationRules';
import { day } from '../../../keyVerdictParts';
import { rotationVerdict } from '../../../keyVerdictRotation';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';
import { rotationAsked, rotationIsOff } from './rotationAsked';

export const rotationOnTime = keyCheck({
  id: 'rotation-on-time',
  question: 'Has every rotation come when it was due?',
  why: 'A rotation whose date has passed is a promise that was not kept, and nobody is told of it.',
  remedy: {
    console: 'KMS > Customer managed keys > the key > Key rotation > Rotate now.',
    cli: 'aws kms rotate-key-on-demand --key-id KEY',
    terraform: 'None: a rotation on demand is an act, not a setting.',
  },
  severity: 'medium',
  shelfLifeHours: dayHours,
  topics: ['rotation'],
  parts: ['metadata', 'rotation'],
  rule: (row, now, settings) => {
    const anyPeriod = { ...settings, maxRotationPeriodDays: Number.POSITIVE_INFINITY };
    const verdict = rotationVerdict(row, now, anyPeriod);
    const status = rotationAsked(row, verdict);
    if (!status) return verdict;
    if (!status.enabled) return rotationIsOff;
    if (status.nextRotationDate === undefined) {
      return { value: 'cannot-tell', reason: 'Rotation is on, but AWS names no next date.' };
    }
    return rotationOutlook(row, now).overdueDays === undefined
      ? { value: 'pass', reason: `The next rotation is on ${day(status.nextRotationDate)}.` }
      : verdict;
  },
});
