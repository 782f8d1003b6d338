import type { Verdict } from '../../../verdict';
import type { AccountSummary } from '../../posture/identities';
import { postureCheck } from '../at-rest/postureCheck';
import { accountItems, answerItem } from '../at-rest/postureItems';

export const rootMfa = postureCheck({
  id: 'iam-root-mfa',
  cis: ['2.5'],
  group: 'keys',
  topics: ['sign-in'],
  question: 'Does the root user need a second factor?',
  why: 'The root user is the last one who can repair a key policy, and no policy of the account holds it back.',
  remedy: {
    console:
      'Sign in as the root user > Security credentials > Assign MFA device. A member of an organisation needs no root password at all: IAM > Root access management.',
    cli: 'None: only the root user itself can do it, in the console.',
    terraform: 'None: only the root user itself can do it, in the console.',
  },
  severity: 'critical',
  permissions: ['iam:GetAccountSummary'],
  judge: (posture) =>
    accountItems(posture, ({ identities }, where) => [
      answerItem(identities.summary, where, (summary) => ({ verdict: verdictOf(summary) })),
    ]),
});

function verdictOf({ rootHasMfa, rootHasPassword }: AccountSummary): Verdict {
  if (rootHasMfa) return { value: 'pass', reason: 'The root user has a second factor.' };
  // Where the organisation has taken its credentials away, nobody can sign in, and no factor can be set.
  if (rootHasPassword === false) {
    return { value: 'not-applicable', reason: 'The root user has no password: nobody signs in.' };
  }
  return {
    value: 'fail',
    reason: 'The root user has no second factor.',
    remedy: 'Assign an MFA device to it.',
  };
}
