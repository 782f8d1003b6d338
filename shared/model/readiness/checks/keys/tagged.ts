import { tagsVerdict } from '../../../keyVerdictAccess';
import { weekHours } from '../../check';
import { keyCheck } from './keyCheck';

export const tagged = keyCheck({
  id: 'keys-tagged',
  question: 'Does every key say its environment and its owner?',
  why: 'A key without an owner is a key that nobody dares to rotate, to disable or to delete, and nobody is asked when it fails.',
  remedy: {
    console: 'KMS > Customer managed keys > the key > Tags > Edit.',
    cli: 'aws kms tag-resource --key-id KEY --tags TagKey=Environment,TagValue=production TagKey=Owner,TagValue=TEAM',
    terraform: 'resource "aws_kms_key": tags = { Environment = "production", Owner = "TEAM" }',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  topics: ['inventory'],
  parts: ['metadata', 'tags'],
  rule: (row, _now, settings) => tagsVerdict(row, settings),
});
