import { told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';
import { readByOlderVersion } from './readByOlderVersion';

export const grantsToOthers = keyCheck({
  id: 'grants-to-others',
  question: 'Are grants held by trusted accounts only?',
  why: 'A grant opens a key beside its policy: who reads the policy alone does not see who else is let in.',
  remedy: {
    console: 'None: grants are not shown in the console.',
    cli: 'aws kms list-grants --key-id KEY\naws kms revoke-grant --key-id KEY --grant-id GRANT',
    terraform: 'resource "aws_kms_grant": grantee_principal',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['access'],
  heeds: ['trustedAccounts'],
  parts: ['grants'],
  rule: ({ grants: facet }, _now, { trustedAccounts = [] }) => {
    const grants = told(facet, 'kms:ListGrants', 'who holds grants');
    if (!grants.known) return grants.verdict;
    const { count, otherAccounts } = grants.value;
    if (count === 0) return { value: 'not-applicable', reason: 'It has no grants.' };
    if (otherAccounts === undefined) return readByOlderVersion;
    const strangers = otherAccounts.filter((one) => !trustedAccounts.includes(one));
    return strangers.length === 0
      ? { value: 'pass', reason: 'No grant is held by an account that is not known.' }
      : {
          value: 'fail',
          reason: `Grants are held by ${strangers.join(', ')}.`,
          remedy: 'Revoke them, or declare the accounts trusted in the settings.',
        };
  },
});
