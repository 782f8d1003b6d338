import { told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';
import { readByOlderVersion } from './readByOlderVersion';

export const policyOtherAccounts = keyCheck({
  id: 'policy-other-accounts',
  question: 'Does every key policy let in trusted accounts only?',
  why: 'An account that was let in for one project stays in until somebody takes it out, whoever runs it by then.',
  remedy: {
    console:
      'KMS > Customer managed keys > the key > Key policy > Edit. Or declare the account trusted in the settings.',
    cli: 'aws kms get-key-policy --key-id KEY --policy-name default --query Policy --output text > policy.json\n# policy.json: take out the accounts that are not to be let in\naws kms put-key-policy --key-id KEY --policy-name default --policy file://policy.json',
    terraform: 'resource "aws_kms_key_policy": principals of known accounts',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['access'],
  heeds: ['trustedAccounts'],
  parts: ['policy'],
  rule: ({ policy: facet }, _now, { trustedAccounts = [] }) => {
    const policy = told(facet, 'kms:GetKeyPolicy', 'which accounts may use it');
    if (!policy.known) return policy.verdict;
    const { otherAccounts, narrowedBy } = policy.value;
    const strangers = otherAccounts.filter((one) => !trustedAccounts.includes(one));
    if (strangers.length > 0) {
      return {
        value: 'fail',
        reason: `Lets in ${strangers.join(', ')}.`,
        remedy: 'Take them out of the policy, or declare them trusted in the settings.',
      };
    }
    if (narrowedBy === undefined) return readByOlderVersion;
    const untold = narrowedBy.filter((one) => !isTrusted(one, trustedAccounts));
    return untold.length === 0
      ? { value: 'pass', reason: 'No account is let in that is not known.' }
      : {
          value: 'cannot-tell',
          reason: `Lets in whoever has ${untold.join(' or ')}: the policy does not say which accounts these are.`,
          remedy:
            'Name accounts with kms:CallerAccount beside it, or declare the organisation trusted in the settings.',
        };
  },
});

/** Of an organisation that is trusted: `aws:PrincipalOrgID o-example1234`, or a path within it. */
function isTrusted(narrowing: string, trusted: readonly string[]): boolean {
  const organisation = /^aws:PrincipalOrg(?:ID|Paths) (o-[a-z0-9]+)(?:\/|$)/i.exec(narrowing)?.[1];
  return organisation !== undefined && trusted.includes(organisation);
}
