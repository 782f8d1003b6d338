import { postureCheck } from '../at-rest/postureCheck';
import { accountItems, answerItem } from '../at-rest/postureItems';

export const rootNoAccessKeys = postureCheck({
  id: 'iam-root-no-access-keys',
  group: 'keys',
  topics: ['access'],
  question: 'Has the root user no access keys?',
  why: 'With an access key of the root user a program may do everything, to every key, without a second factor.',
  remedy: {
    console: 'Sign in as the root user > Security credentials > Access keys > Delete.',
    cli: 'None: only the root user itself can do it, in the console.',
    terraform: 'None: only the root user itself can do it, in the console.',
  },
  severity: 'critical',
  permissions: ['iam:GetAccountSummary'],
  judge: (posture) =>
    accountItems(posture, ({ identities }, where) => [
      answerItem(identities.summary, where, ({ rootHasAccessKeys }) =>
        rootHasAccessKeys
          ? {
              value: 'fail',
              reason: 'The root user has an access key.',
              remedy: 'Delete it; give the program that uses it a role.',
            }
          : { value: 'pass', reason: 'The root user has no access key.' },
      ),
    ]),
});
