import { told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';

export const policyNoLockOut = keyCheck({
  id: 'policy-no-lock-out',
  question: 'Can the account itself always repair the key policy?',
  why: 'Where the account’s root has no full access, a key whose named principals are deleted can be managed by nobody; only AWS Support may help.',
  remedy: {
    console:
      'KMS > Customer managed keys > the key > Key policy: add the statement "Enable IAM User Permissions" for the account’s root.',
    cli: 'aws kms get-key-policy --key-id KEY --policy-name default --query Policy --output text > policy.json\n# policy.json: add a statement with arn:aws:iam::ACCOUNT:root, kms:* and Resource *\naws kms put-key-policy --key-id KEY --policy-name default --policy file://policy.json\n# as a principal whom the present policy lets do it',
    terraform:
      'A statement with Principal { AWS = "arn:aws:iam::ACCOUNT:root" }, Action "kms:*", Resource "*"',
  },
  severity: 'medium',
  shelfLifeHours: dayHours,
  topics: ['access', 'recovery'],
  parts: ['policy'],
  customerOnly: true,
  rule: ({ policy: facet }) => {
    const policy = told(facet, 'kms:GetKeyPolicy', 'who can repair the policy');
    if (!policy.known) return policy.verdict;
    return policy.value.rootHasFullAccess
      ? { value: 'pass', reason: 'The account’s root has full access.' }
      : {
          value: 'fail',
          reason:
            'The account’s root has no full access: only the principals it names can repair this policy.',
          remedy: 'Add a statement that gives the account’s root kms:*.',
        };
  },
});
