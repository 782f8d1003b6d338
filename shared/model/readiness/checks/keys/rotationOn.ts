import { rotationVerdict } from '../../../keyVerdictRotation';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';
import { rotationAsked } from './rotationAsked';

export const rotationOn = keyCheck({
  id: 'rotation-on',
  cis: ['4.6'],
  question: 'Is automatic rotation on for every key that can rotate?',
  why: 'Without rotation one key material protects ever more data for ever longer, and whoever got hold of it keeps it.',
  remedy: {
    console: 'KMS > Customer managed keys > the key > Key rotation > Edit: Enable.',
    cli: 'aws kms enable-key-rotation --key-id KEY --rotation-period-in-days 365',
    terraform: 'resource "aws_kms_key": enable_key_rotation = true',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  heeds: ['maxRotationPeriodDays'],
  topics: ['rotation'],
  parts: ['metadata', 'rotation'],
  rule: (row, now, settings) => {
    const verdict = rotationVerdict(row, now, settings);
    // How often and how punctually are questions of their own.
    return rotationAsked(row, verdict)?.enabled
      ? { value: 'pass', reason: 'Automatic rotation is on.' }
      : verdict;
  },
});
