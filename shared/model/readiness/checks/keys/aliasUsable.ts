import { told } from '../../../keyVerdictParts';
import { stateVerdict } from '../../../keyVerdictState';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';

export const aliasUsable = keyCheck({
  id: 'aliases-usable',
  question: 'Does every alias lead to a key that can be used?',
  why: 'Programs ask for the alias: one that leads to a disabled key or to one pending deletion fails them, today or as soon as they ask.',
  remedy: {
    console:
      'KMS > Customer managed keys > the key > Aliases: point the alias to its successor, or enable the key.',
    cli: 'aws kms update-alias --alias-name ALIAS --target-key-id SUCCESSOR',
    terraform: 'resource "aws_kms_alias": target_key_id',
  },
  severity: 'medium',
  shelfLifeHours: dayHours,
  topics: ['retirement'],
  parts: ['metadata', 'aliases'],
  rule: (row, now) => {
    const aliases = told(row.aliases, 'kms:ListAliases', 'what it is called');
    if (!aliases.known) return aliases.verdict;
    if (aliases.value.length === 0) {
      return {
        value: 'not-applicable',
        reason: 'It has no alias, which is a question of its own.',
      };
    }
    const verdict = stateVerdict(row, now);
    return verdict.value === 'fail'
      ? { ...verdict, reason: `${aliases.value.join(', ')}: ${verdict.reason}` }
      : verdict;
  },
});
