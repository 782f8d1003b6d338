import { materialVerdict } from '../../../keyVerdictState';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';

export const materialLasts = keyCheck({
  id: 'imported-material-lasts',
  question: 'Will imported key material last for another month?',
  why: 'When imported material expires, AWS deletes it at once, and everything under the key is closed until the same material is imported again.',
  remedy: {
    console:
      'KMS > the key > Key material > Reimport, with the same material and a later date or none.',
    cli: 'aws kms get-parameters-for-import --key-id KEY --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096\naws kms import-key-material --key-id KEY --import-token fileb://token.bin --encrypted-key-material fileb://material.bin --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE\n# the same material as before',
    terraform: 'resource "aws_kms_external_key": valid_to',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  heeds: ['expiryWarningDays'],
  topics: ['recovery'],
  parts: ['metadata'],
  rule: (row, now, settings) => materialVerdict(row, now, settings),
});
