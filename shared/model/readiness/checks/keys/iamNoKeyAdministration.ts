import { postureCheck } from '../at-rest/postureCheck';
import { accountItems } from '../at-rest/postureItems';
import { principalItems } from './principalItems';

/** Who may change the policy of a key may let anybody do anything with it. */
const deciding = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'];

export const iamNoKeyAdministration = postureCheck({
  id: 'iam-no-kms-wildcard',
  cis: ['2.14'],
  group: 'keys',
  topics: ['access'],
  question: 'Does no IAM policy give kms:*, or the policies or the deletion of keys, on every key?',
  why: 'kms:* on * is every key of the account: to use, to open to others, to delete.',
  remedy: {
    console:
      'IAM > the user, group or role > Permissions > Edit: name the actions and the keys in place of kms:* and *.',
    cli: 'aws iam get-role-policy --role-name ROLE --policy-name POLICY --query PolicyDocument > policy.json\n# policy.json: name the actions and the keys in place of *\naws iam put-role-policy --role-name ROLE --policy-name POLICY --policy-document file://policy.json\n# a managed policy: aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
    terraform: 'data "aws_iam_policy_document": resources = [aws_kms_key.data.arn]',
  },
  severity: 'high',
  effort: 'hours',
  permissions: ['iam:GetAccountAuthorizationDetails'],
  judge: (posture) =>
    accountItems(posture, ({ identities }, where) =>
      principalItems(identities.authorization, where, deciding),
    ),
});
