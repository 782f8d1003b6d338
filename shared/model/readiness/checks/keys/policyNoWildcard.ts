import { told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';
import { readByOlderVersion } from './readByOlderVersion';

export const policyNoWildcard = keyCheck({
  id: 'policy-no-wildcard',
  question: 'Does no key policy give kms:* to anybody but the account’s root?',
  why: 'A role with kms:* can use the key, change who may use it and delete it: one stolen session is enough for all of it.',
  remedy: {
    console: 'KMS > Customer managed keys > the key > Key policy > Edit.',
    cli: 'aws kms get-key-policy --key-id KEY --policy-name default --query Policy --output text > policy.json\n# policy.json: name actions in place of kms:*, but not in the statement of the account’s root\naws kms put-key-policy --key-id KEY --policy-name default --policy file://policy.json',
    terraform: 'resource "aws_kms_key_policy": name the actions in place of kms:*',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['access'],
  parts: ['metadata', 'policy'],
  customerOnly: true,
  rule: ({ policy: facet }) => {
    const policy = told(facet, 'kms:GetKeyPolicy', 'who may do everything');
    if (!policy.known) return policy.verdict;
    const { fullAccess } = policy.value;
    if (fullAccess === undefined) return readByOlderVersion;
    return fullAccess.length === 0
      ? { value: 'pass', reason: 'Nobody but the account’s root has kms:*.' }
      : {
          value: 'fail',
          reason: `kms:* for ${fullAccess.join(', ')}.`,
          remedy: 'Name the actions that each of them needs.',
        };
  },
});
