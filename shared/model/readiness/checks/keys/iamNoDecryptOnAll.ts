import { postureCheck } from '../at-rest/postureCheck';
import { accountItems } from '../at-rest/postureItems';
import { principalItems } from './principalItems';

/** ReEncrypt opens a ciphertext, too, and closes it under a key of the caller's choice (Security Hub KMS.1). */
const decrypting = ['kms:Decrypt', 'kms:ReEncryptFrom'];

export const iamNoDecryptOnAll = postureCheck({
  id: 'iam-no-decrypt-on-all',
  group: 'keys',
  topics: ['access'],
  question: 'Does no IAM policy give Decrypt, or ReEncryptFrom, on every key?',
  why: 'A role that may decrypt with every key reads whatever else it can reach, in whichever account let it in.',
  remedy: {
    console: 'IAM > the user, group or role > Permissions > Edit: name the keys in place of *.',
    cli: 'aws iam get-role-policy --role-name ROLE --policy-name POLICY --query PolicyDocument > policy.json\n# policy.json: name the keys in place of *\naws iam put-role-policy --role-name ROLE --policy-name POLICY --policy-document file://policy.json\n# a managed policy: aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
    terraform: 'data "aws_iam_policy_document": resources = [aws_kms_key.data.arn]',
  },
  severity: 'medium',
  effort: 'hours',
  permissions: ['iam:GetAccountAuthorizationDetails'],
  judge: (posture) =>
    accountItems(posture, ({ identities }, where) =>
      principalItems(identities.authorization, where, decrypting),
    ),
});
