import { told } from '../../../keyVerdictParts';
import { stateVerdict } from '../../../keyVerdictState';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';

export const notDisabled = keyCheck({
  id: 'keys-not-disabled',
  question: 'Is no key disabled?',
  why: 'What a disabled key encrypted cannot be read. A key that nothing needs any more should be retired by a decision, not left behind.',
  remedy: {
    console: 'KMS > Customer managed keys > the key > Key actions > Enable.',
    cli: 'aws kms enable-key --key-id KEY',
    terraform: 'resource "aws_kms_key": is_enabled = true',
  },
  severity: 'medium',
  shelfLifeHours: dayHours,
  topics: ['retirement'],
  parts: ['metadata'],
  rule: (row, now) => {
    const metadata = told(row.metadata, 'kms:DescribeKey', 'whether it is enabled');
    if (!metadata.known) return metadata.verdict;
    const { keyState } = metadata.value;
    // The other states have questions of their own.
    return keyState === 'Enabled' || keyState === 'Disabled'
      ? stateVerdict(row, now)
      : { value: 'not-applicable', reason: `Neither enabled nor disabled: ${keyState}.` };
  },
});
