import { told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';
import { readByOlderVersion } from './readByOlderVersion';

export const policySeparation = keyCheck({
  id: 'policy-separation',
  question: 'Are those who administer a key others than those who use it?',
  why: 'Who can both change a key’s policy and decrypt with it can let themselves in, read, and cover it up. Separation takes two people.',
  remedy: {
    console:
      'KMS > Customer managed keys > the key > Key policy: Key administrators and Key users without a common name.',
    cli: 'aws kms get-key-policy --key-id KEY --policy-name default --query Policy --output text > policy.json\n# policy.json: one statement for administration, one for use, with different principals; keep the one of the account’s root\naws kms put-key-policy --key-id KEY --policy-name default --policy file://policy.json',
    terraform:
      'resource "aws_kms_key_policy": one statement for administration, one for use, with different principals',
  },
  severity: 'medium',
  effort: 'hours',
  shelfLifeHours: dayHours,
  topics: ['separation', 'access'],
  parts: ['metadata', 'policy'],
  customerOnly: true,
  rule: ({ policy: facet }) => {
    const policy = told(facet, 'kms:GetKeyPolicy', 'who may administer and who may use it');
    if (!policy.known) return policy.verdict;
    const { adminAndUse } = policy.value;
    if (adminAndUse === undefined) return readByOlderVersion;
    return adminAndUse.length === 0
      ? { value: 'pass', reason: 'The policy gives nobody but the account’s root both.' }
      : {
          value: 'fail',
          reason: `Both for ${adminAndUse.join(', ')}.`,
          remedy: 'Give administration and use to different principals.',
        };
  },
});
