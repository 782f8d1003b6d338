import type { Verdict } from '../../../verdict';
import type { CredentialReport } from '../../posture/identities';
import { postureCheck } from '../at-rest/postureCheck';
import { accountItems } from '../at-rest/postureItems';
import { userItems } from './userItems';

/** Asked of everybody with a password: key rights also come from key policies and roles. */
export const usersMfa = postureCheck({
  id: 'iam-users-mfa',
  cis: ['2.10'],
  group: 'keys',
  topics: ['sign-in'],
  question: 'Does everybody who can sign in need a second factor?',
  why: 'Rights on keys come from IAM, from key policies and from roles; a password that was guessed has all of them.',
  remedy: {
    console: 'IAM > Users > the user > Security credentials > Assign MFA device.',
    cli: 'aws iam enable-mfa-device --user-name USER --serial-number ARN --authentication-code1 CODE --authentication-code2 CODE',
    terraform: 'None: a second factor is put in place by the person who holds it.',
  },
  severity: 'high',
  permissions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
  judge: (posture) =>
    accountItems(posture, ({ identities }, where) =>
      userItems(identities.credentials, where, verdictOf),
    ),
});

function verdictOf({ user, password, mfa }: CredentialReport['users'][number]): Verdict {
  if (user === '<root_account>') {
    return { value: 'not-applicable', reason: 'The root user has a question of its own.' };
  }
  if (password === undefined) {
    return { value: 'cannot-tell', reason: 'AWS does not say whether it has a password.' };
  }
  if (!password) {
    return { value: 'not-applicable', reason: 'It has no password: it cannot sign in.' };
  }
  return mfa
    ? { value: 'pass', reason: 'It has a password and a second factor.' }
    : {
        value: 'fail',
        reason: 'It has a password and no second factor.',
        remedy: 'Assign an MFA device to it.',
      };
}
