import { isPendingDeletion } from '../../../keyRotationRules';
import { stateVerdict } from '../../../keyVerdictState';
import { told } from '../../../keyVerdictParts';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';

export const notPendingDeletion = keyCheck({
  id: 'keys-not-pending-deletion',
  question: 'Is no key scheduled for deletion?',
  why: 'When a key is deleted, everything that it encrypted is lost, also in backups. Nobody, AWS included, can bring it back.',
  remedy: {
    console:
      'KMS > Customer managed keys > the key > Key actions > Cancel key deletion, then Enable.',
    cli: 'aws kms cancel-key-deletion --key-id KEY && aws kms enable-key --key-id KEY',
    terraform:
      'Terraform schedules a deletion when an aws_kms_key leaves the configuration: put it back, with lifecycle { prevent_destroy = true }.',
  },
  severity: 'critical',
  shelfLifeHours: dayHours,
  topics: ['retirement'],
  parts: ['metadata'],
  rule: (row, now) => {
    const metadata = told(row.metadata, 'kms:DescribeKey', 'whether it is to be deleted');
    if (!metadata.known) return metadata.verdict;
    return isPendingDeletion(metadata.value)
      ? stateVerdict(row, now)
      : { value: 'pass', reason: `Not scheduled for deletion: ${metadata.value.keyState}.` };
  },
});
