import { postureCheck } from '../at-rest/postureCheck';
import { accountItems, answerItem } from '../at-rest/postureItems';

export const rootNoAccessKeys = postureCheck({
  id: 'iam-root-no-access-keys',
  cis: ['2.4'],
  group: 'keys',
  topics: ['access'],
  question: 'Has the root user no access keys?',
  why: 'With an access key of the root user a program may do everything, to every key, without a second factor.',
  remedy: {
    console:
      'Sign in as the root user > Security credentials > Access keys > Delete. In an organisation with centralised root access: IAM > Root access management.',
    cli: '# of a member of an organisation with centralised root access, with the credentials of the first call; else in the console only\naws sts assume-root --target-principal ACCOUNT --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials\naws iam delete-access-key --access-key-id KEY',
    terraform: 'None: only the root user itself can do it, in the console.',
  },
  severity: 'critical',
  permissions: ['iam:GetAccountSummary'],
  judge: (posture) =>
    accountItems(posture, ({ identities }, where) => [
      answerItem(identities.summary, where, ({ rootHasAccessKeys }) => ({
        verdict: rootHasAccessKeys
          ? {
              value: 'fail',
              reason: 'The root user has an access key.',
              remedy: 'Delete it; give the program that uses it a role.',
            }
          : { value: 'pass', reason: 'The root user has no access key.' },
      })),
    ]),
});
