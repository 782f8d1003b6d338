import { postureCheck } from './postureCheck';
import { listItems, regionItems, told } from './postureItems';

export const tables = postureCheck({
  id: 'tables-own-key',
  question: 'Is every DynamoDB table encrypted with a key of your own account?',
  why: 'DynamoDB’s default is a key that AWS owns: nobody sees its use, and nobody can take it away.',
  remedy: {
    console:
      'DynamoDB > Tables > the table > Additional settings > Encryption: a key in your account.',
    cli: 'aws dynamodb update-table --table-name TABLE --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=KEY',
    terraform:
      'resource "aws_dynamodb_table": server_side_encryption { enabled = true, kms_key_arn }',
  },
  severity: 'low',
  permissions: ['dynamodb:ListTables', 'dynamodb:DescribeTable'],
  judge: (posture) =>
    regionItems(posture, ({ tables }, where) =>
      listItems(tables, 'table', where, ({ name, table }) => ({
        id: name,
        name,
        rests: [table],
        verdict: told(table, ({ key, keyId }) => {
          switch (key) {
            case 'kms':
              return {
                value: 'pass',
                reason: `Encrypted with ${keyId ?? 'a key of the account'}.`,
              };
            case 'aws-owned':
              return {
                value: 'fail',
                reason: 'Encrypted with a key that AWS owns.',
                remedy: 'Set a KMS key of the account.',
              };
            case 'unknown':
              return { value: 'cannot-tell', reason: 'AWS does not say with which key.' };
            default:
              return key satisfies never;
          }
        }),
      })),
    ),
});
