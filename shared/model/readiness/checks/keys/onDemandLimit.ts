import {
  onDemandLimit as limit,
  rotationCapability,
  rotationOutlook,
} from '../../../keyRotationRules';
import { told } from '../../../keyVerdictParts';
import { weekHours } from '../../check';
import { keyCheck } from './keyCheck';

/** So many rotations are to be left for an emergency. */
const reserve = 5;

export const onDemandLimit = keyCheck({
  id: 'on-demand-limit',
  question: 'Has every key rotations on demand left for an emergency?',
  why: 'AWS allows 25 rotations on demand in a key’s whole life. Once they are used up, a compromised key can be replaced only by a new one, with everything re-encrypted.',
  remedy: {
    console:
      'Plan a successor: create a new key, point the alias to it, keep the old one to decrypt.',
    cli: 'aws kms create-key --description SUCCESSOR\naws kms update-alias --alias-name ALIAS --target-key-id NEW',
    terraform: 'A new aws_kms_key, and target_key_id of the aws_kms_alias set to it.',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['rotation'],
  parts: ['metadata', 'history'],
  rule: (row, now) => {
    const metadata = told(row.metadata, 'kms:DescribeKey', 'whether it can rotate on demand');
    if (!metadata.known) return metadata.verdict;
    const { onDemand, reason } = rotationCapability(metadata.value);
    if (!onDemand)
      return { value: 'not-applicable', reason: reason ?? 'It cannot rotate on demand.' };
    const history = told(row.history, 'kms:ListKeyRotations', 'how often it was rotated');
    if (!history.known) return history.verdict;
    const used = rotationOutlook(row, now).onDemandUsed ?? 0;
    const reading = `${used} of ${limit} rotations on demand are used.`;
    return limit - used > reserve
      ? { value: 'pass', reason: reading }
      : { value: 'fail', reason: reading, remedy: 'Plan a successor key before they run out.' };
  },
});
