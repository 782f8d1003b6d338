import { policyVerdict } from '../../../keyVerdictAccess';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';

export const policyNotPublic = keyCheck({
  id: 'policy-not-public',
  cis: ['2.21'],
  question: 'Is no key policy open to everybody?',
  why: 'A statement for every principal lets any AWS account in the world use the key.',
  remedy: {
    console:
      'KMS > Customer managed keys > the key > Key policy > Edit: name principals in place of *.',
    cli: 'aws kms get-key-policy --key-id KEY --policy-name default --query Policy --output text > policy.json\n# policy.json: name principals in place of *, and keep the statement of the account’s root\naws kms put-key-policy --key-id KEY --policy-name default --policy file://policy.json',
    terraform: 'resource "aws_kms_key_policy": principals, or a condition on kms:CallerAccount',
  },
  severity: 'critical',
  shelfLifeHours: dayHours,
  topics: ['access'],
  parts: ['policy'],
  rule: (row) => policyVerdict(row.policy),
});
