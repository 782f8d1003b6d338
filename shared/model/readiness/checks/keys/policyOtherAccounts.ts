import { told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';

export const policyOtherAccounts = keyCheck({
  id: 'policy-other-accounts',
  question: 'Does every key policy let in trusted accounts only?',
  why: 'An account that was let in for one project stays in until somebody takes it out, whoever runs it by then.',
  remedy: {
    console:
      'KMS > Customer managed keys > the key > Key policy > Edit. Or add the account to the trusted ones in the settings of the checklist.',
    cli: 'aws kms put-key-policy --key-id KEY --policy-name default --policy file://policy.json',
    terraform: 'resource "aws_kms_key_policy": principals of known accounts',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['access'],
  parts: ['policy'],
  rule: ({ policy: facet }, _now, { trustedAccounts = [] }) => {
    const policy = told(facet, 'kms:GetKeyPolicy', 'which accounts may use it');
    if (!policy.known) return policy.verdict;
    const strangers = policy.value.otherAccounts.filter((one) => !trustedAccounts.includes(one));
    return strangers.length === 0
      ? { value: 'pass', reason: 'No account is let in that is not known.' }
      : {
          value: 'fail',
          reason: `Lets in ${strangers.join(', ')}.`,
          remedy: 'Take them out of the policy, or declare them trusted in the settings.',
        };
  },
});
