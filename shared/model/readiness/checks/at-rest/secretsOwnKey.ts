import { postureCheck } from './postureCheck';
import { listItems, regionItems } from './postureItems';

export const secretsOwnKey = postureCheck({
  id: 'secrets-own-key',
  question: 'Is every secret encrypted with a key of your own?',
  why: 'The policy of alias/aws/secretsmanager lets in everybody in the account who may read secrets; a key of one’s own asks a second time.',
  remedy: {
    console: 'Secrets Manager > the secret > Actions > Edit encryption key.',
    cli: 'aws secretsmanager update-secret --secret-id SECRET --kms-key-id KEY',
    terraform: 'resource "aws_secretsmanager_secret": kms_key_id',
  },
  severity: 'low',
  permissions: ['secretsmanager:ListSecrets'],
  judge: (posture) =>
    regionItems(posture, ({ secrets }, where) =>
      listItems(secrets, 'secret', where, ({ arn, name, keyId, owner }) => ({
        id: arn,
        name,
        verdict:
          owner !== undefined
            ? { value: 'not-applicable', reason: `It belongs to ${owner}.` }
            : keyId === undefined || /(^|[:/])alias\/aws\//.test(keyId)
              ? {
                  value: 'fail',
                  reason: 'Encrypted with alias/aws/secretsmanager.',
                  remedy: 'Set a key of your own.',
                }
              : { value: 'pass', reason: keyId },
      })),
    ),
});
