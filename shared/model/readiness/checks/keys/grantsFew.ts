import { told } from '../../../keyVerdictParts';
import { weekHours } from '../../check';
import { keyCheck } from './keyCheck';

/** More than a person goes through in a review. */
const most = 100;

export const grantsFew = keyCheck({
  id: 'grants-few',
  question: 'Are the grants of every key few enough to be known?',
  why: 'Grants that nobody retires pile up: thousands on one key are access that nobody can account for, and AWS allows 50,000.',
  remedy: {
    console: 'None: grants are not shown in the console.',
    cli: 'aws kms list-grants --key-id KEY\naws kms revoke-grant --key-id KEY --grant-id GRANT',
    terraform: 'resource "aws_kms_grant": retire_on_delete = true',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  topics: ['access'],
  parts: ['grants'],
  rule: ({ grants: facet }) => {
    const grants = told(facet, 'kms:ListGrants', 'how many grants it has');
    if (!grants.known) return grants.verdict;
    const { count } = grants.value;
    if (count === 0) return { value: 'not-applicable', reason: 'It has no grants.' };
    const reason = `${count} ${count === 1 ? 'grant' : 'grants'}.`;
    return count <= most
      ? { value: 'pass', reason }
      : { value: 'fail', reason, remedy: 'Retire or revoke those that nothing needs any more.' };
  },
});
