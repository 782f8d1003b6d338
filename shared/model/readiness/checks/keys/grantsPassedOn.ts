import { told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';
import { readByOlderVersion } from './readByOlderVersion';

export const grantsPassedOn = keyCheck({
  id: 'grants-not-passed-on',
  question: 'Can no holder of a grant pass it on?',
  why: 'With CreateGrant a holder lets in others, and these others again: nobody keeps account of them.',
  remedy: {
    console: 'None: grants are not shown in the console.',
    cli: 'aws kms create-grant --key-id KEY --grantee-principal ARN --operations Decrypt GenerateDataKey\naws kms revoke-grant --key-id KEY --grant-id GRANT\n# the new one first, without CreateGrant',
    terraform: 'resource "aws_kms_grant": operations without "CreateGrant"',
  },
  severity: 'medium',
  shelfLifeHours: dayHours,
  topics: ['access'],
  parts: ['grants'],
  rule: ({ grants: facet }) => {
    const grants = told(facet, 'kms:ListGrants', 'what the grants allow');
    if (!grants.known) return grants.verdict;
    const { count, passedOnBy } = grants.value;
    if (count === 0) return { value: 'not-applicable', reason: 'It has no grants.' };
    if (passedOnBy === undefined) return readByOlderVersion;
    return passedOnBy.length === 0
      ? { value: 'pass', reason: 'None but AWS services may pass a grant on.' }
      : {
          value: 'fail',
          reason: `May be passed on by ${passedOnBy.join(', ')}.`,
          remedy: 'Make the grants anew without CreateGrant.',
        };
  },
});
