import { daysBetween, isPendingDeletion } from '../../../keyRotationRules';
import { day, days, told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from '../keys/keyCheck';

/** AWS's shortest waiting period is 7 days. */
const least = 7;

export const deletionWindow = keyCheck({
  id: 'deletion-window',
  group: 'recovery',
  question: 'Is there more than a week left to cancel every deletion that runs?',
  why: 'Who uses a key once a month finds out too late that it is being deleted; the waiting period is the only way back.',
  remedy: {
    console: 'KMS > the key > Key actions > Cancel key deletion; schedule it anew with 30 days.',
    cli: 'aws kms cancel-key-deletion --key-id KEY\naws kms schedule-key-deletion --key-id KEY --pending-window-in-days 30\n# or, to keep the key, in place of the second: aws kms enable-key --key-id KEY',
    terraform: 'resource "aws_kms_key": deletion_window_in_days = 30',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['retirement', 'recovery'],
  parts: ['metadata'],
  rule: (row, now) => {
    const metadata = told(row.metadata, 'kms:DescribeKey', 'when it is to be deleted');
    if (!metadata.known) return metadata.verdict;
    if (!isPendingDeletion(metadata.value)) {
      return { value: 'not-applicable', reason: 'No deletion of it runs.' };
    }
    const { deletionDate, pendingDeletionWindowInDays: window } = metadata.value;
    const left = deletionDate === undefined ? window : daysBetween(now, deletionDate);
    if (left === undefined)
      return { value: 'cannot-tell', reason: 'AWS names neither date nor waiting period.' };
    const reason =
      deletionDate === undefined
        ? `Once its replicas are gone, ${days(left)} are left.`
        : `Until ${day(deletionDate)} ${days(left)} are left.`;
    return left > least
      ? { value: 'pass', reason }
      : {
          value: 'fail',
          reason,
          remedy: 'Cancel the deletion, and schedule it anew with 30 days.',
        };
  },
});
