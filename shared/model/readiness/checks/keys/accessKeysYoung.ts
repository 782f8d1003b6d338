import { days } from '../../../keyVerdictParts';
import type { Verdict } from '../../../verdict';
import type { CredentialReport } from '../../posture/identities';
import { postureCheck } from '../at-rest/postureCheck';
import { accountItems } from '../at-rest/postureItems';
import { userItems } from './userItems';

/** CIS AWS Foundations: access keys are rotated every 90 days or less. */
const mostDays = 90;
const dayMs = 86_400_000;

export const accessKeysYoung = postureCheck({
  id: 'iam-access-keys-young',
  cis: ['2.12'],
  group: 'keys',
  topics: ['credentials', 'access'],
  question: 'Is no access key older than 90 days?',
  why: 'An access key is a password that never asks for a second factor; whoever found an old one may use the keys that its user may.',
  remedy: {
    console:
      'IAM > Users > the user > Security credentials > Create access key; move the program over; deactivate, then delete the old one. A role needs none.',
    cli: 'aws iam create-access-key --user-name USER\naws iam update-access-key --user-name USER --access-key-id OLD --status Inactive\naws iam delete-access-key --user-name USER --access-key-id OLD',
    terraform: 'None: a secret in the state is one more copy. Give the program a role.',
  },
  severity: 'medium',
  effort: 'hours',
  permissions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
  judge: (posture, { now }) =>
    accountItems(posture, ({ identities }, where) =>
      userItems(identities.credentials, where, (user) => verdictOf(user, now(where.connection))),
    ),
});

function verdictOf({ accessKeys }: CredentialReport['users'][number], now: Date): Verdict {
  const active = accessKeys.filter((key) => key.active);
  if (active.length === 0) {
    return { value: 'not-applicable', reason: 'It has no active access key.' };
  }
  const ages = active.map(({ madeAt }) =>
    madeAt === undefined ? undefined : Math.floor((now.getTime() - Date.parse(madeAt)) / dayMs),
  );
  const oldest = Math.max(...ages.map((age) => age ?? -1));
  if (oldest > mostDays) {
    return {
      value: 'fail',
      reason: `It has an active access key that is ${days(oldest)} old.`,
      remedy: 'Replace the access key, or give the program a role.',
    };
  }
  if (ages.includes(undefined)) {
    return {
      value: 'cannot-tell',
      reason: 'AWS does not say since when its active access key is there.',
    };
  }
  return { value: 'pass', reason: `Its oldest active access key is ${days(oldest)} old.` };
}
