import { defineCheck, weekHours } from '../../check';
import { keyIndex } from './keyedThings';
import { ownKey } from './ownKeys';
import { listItems, regionItems } from './postureItems';

export const secretsOwnKey = defineCheck({
  id: 'secrets-own-key',
  group: 'at-rest',
  topics: ['at-rest'],
  question: 'Is every secret encrypted with a key of your own?',
  why: 'The policy of alias/aws/secretsmanager lets in everybody in the account who may read secrets; a key of one’s own asks a second time.',
  remedy: {
    console: 'Secrets Manager > the secret > Actions > Edit encryption key.',
    cli: 'aws secretsmanager update-secret --secret-id SECRET --kms-key-id KEY',
    terraform: 'resource "aws_secretsmanager_secret": kms_key_id',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  permissions: ['secretsmanager:ListSecrets', 'kms:ListKeys', 'kms:DescribeKey'],
  nothing: 'No account was read.',
  reads: ['posture', 'keys'],
  judge({ posture, keys }) {
    const index = keyIndex(keys);
    return regionItems(posture, ({ region, secrets }, where) =>
      listItems(secrets, 'secret', where, ({ arn, name, keyId, owner }) => ({
        id: arn,
        name,
        ...(owner === undefined
          ? ownKey({ keyId: keyId ?? 'alias/aws/secretsmanager', region }, index)
          : { verdict: { value: 'not-applicable', reason: `It belongs to ${owner}.` } }),
      })),
    );
  },
});
