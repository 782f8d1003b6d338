import { keyCheckItems } from '../keys/keyCheck';
import { defineCheck, weekHours } from '../../check';
import { told } from '../../../keyVerdictParts';
import { attestedFacts, attestedItem } from '../people/attestedCheck';

const id = 'material-escrow';

export const materialEscrow = defineCheck({
  ...attestedFacts(
    'Attach the record of the escrow: where each copy lies, and who opened it last.',
  ),
  id,
  group: 'recovery',
  question: 'Is there an escrow copy of every imported key material, and was it tried?',
  why: 'AWS keeps no copy of imported material that it gives back: once it expires or is deleted, the copy outside is all there is.',
  severity: 'critical',
  shelfLifeHours: weekHours,
  effort: 'hours',
  topics: ['recovery'],
  permissions: ['kms:ListKeys', 'kms:DescribeKey'],
  nothing: 'There is no key in the Regions that were read.',
  reads: ['keys', 'attestations'],
  *judge({ keys, attestations }, { now }) {
    const word = attestedItem(id, attestations, now());
    const items = keyCheckItems(keys, ['metadata'], (row) => {
      const metadata = told(row.metadata, 'kms:DescribeKey', 'whether its material was imported');
      if (!metadata.known) return metadata.verdict;
      return metadata.value.origin === 'EXTERNAL'
        ? word.verdict
        : { value: 'not-applicable', reason: 'Its key material was not imported.' };
    });
    for (const item of items) {
      yield { ...item, evidence: [...item.evidence, ...word.evidence] };
    }
  },
});
