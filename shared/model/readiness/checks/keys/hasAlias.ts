import { known } from '../../../facet';
import { told } from '../../../keyVerdictParts';
import { isPendingDeletion } from '../../../keyRotationRules';
import { weekHours } from '../../check';
import { keyCheck } from './keyCheck';

export const hasAlias = keyCheck({
  id: 'keys-have-alias',
  question: 'Has every key a name that programs can use?',
  why: 'Programs that name a key by its id cannot be moved to a successor without a change; an alias can be pointed elsewhere.',
  remedy: {
    console: 'KMS > Customer managed keys > the key > Aliases > Create alias.',
    cli: 'aws kms create-alias --alias-name alias/NAME --target-key-id KEY',
    terraform: 'resource "aws_kms_alias": name, target_key_id',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  topics: ['inventory'],
  parts: ['metadata', 'aliases'],
  customerOnly: true,
  rule: (row) => {
    const metadata = known(row.metadata);
    if (isPendingDeletion(metadata)) {
      return { value: 'not-applicable', reason: 'Pending deletion: it needs no name any more.' };
    }
    const aliases = told(row.aliases, 'kms:ListAliases', 'what it is called');
    if (!aliases.known) return aliases.verdict;
    return aliases.value.length > 0
      ? { value: 'pass', reason: aliases.value.join(', ') }
      : { value: 'fail', reason: 'It has no alias.', remedy: 'Create an alias for it.' };
  },
});
