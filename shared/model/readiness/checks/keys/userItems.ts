import type { Verdict } from '../../../verdict';
import type { Reading } from '../../evidence';
import type { Item } from '../../item';
import type { CredentialReport } from '../../posture/identities';
import { listItems } from '../at-rest/postureItems';

type User = CredentialReport['users'][number];

/** One item for each user of the credential report, the account's root user among them. */
export function userItems(
  reading: Reading<CredentialReport>,
  where: Parameters<typeof listItems>[2],
  judge: (user: User) => Verdict,
): Item[] {
  const listed: Reading<User[]> =
    'refused' in reading ? reading : { calls: reading.calls, answer: reading.answer.users };
  // The report is of the time at which AWS made it: what it says is no younger.
  const asOf = 'answer' in reading ? reading.answer.madeAt : undefined;
  return listItems(listed, 'user', where, (one) => ({
    asOf,
    id: one.arn,
    name: one.user === '<root_account>' ? 'the root user' : `user/${one.user}`,
    verdict: judge(one),
  }));
}
