import type { Table } from '../../posture/region';
import { defineCheck, weekHours } from '../../check';
import { keyIndex, refusedVerdict, type ByKey, type KeyIndex } from './keyedThings';
import { ownKey } from './ownKeys';
import { listItems, regionItems } from './postureItems';

export const tables = defineCheck({
  id: 'tables-own-key',
  group: 'at-rest',
  topics: ['at-rest'],
  question: 'Is every DynamoDB table encrypted with a key of your own?',
  why: 'DynamoDB’s default is a key that AWS owns: nobody sees its use, and nobody can take it away. The policy of alias/aws/dynamodb, which AWS manages, cannot be changed.',
  remedy: {
    console:
      'DynamoDB > Tables > the table > Additional settings > Encryption: stored in your account, and owned and managed by you.',
    cli: 'aws dynamodb update-table --table-name TABLE --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=KEY',
    terraform:
      'resource "aws_dynamodb_table": server_side_encryption { enabled = true, kms_key_arn }',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  permissions: ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'kms:ListKeys', 'kms:DescribeKey'],
  nothing: 'No account was read.',
  reads: ['posture', 'keys'],
  judge({ posture, keys }) {
    const index = keyIndex(keys);
    return regionItems(posture, ({ region, tables }, where) =>
      listItems(tables, 'table', where, ({ name, table }) => ({
        id: name,
        name,
        rests: [table],
        ...('refused' in table
          ? { verdict: refusedVerdict(table.refused) }
          : tableKey(table.answer, region, index)),
      })),
    );
  },
});

function tableKey({ key, keyId }: Table, region: string, index: KeyIndex): ByKey {
  if (key === 'aws-owned') {
    const reason = 'Encrypted with a key that AWS owns.';
    return { verdict: { value: 'fail', reason, remedy: 'Put it under a key of your own.' } };
  }
  // Of a table under KMS, AWS always names the key, also the one that it manages.
  if (key === 'unknown' || keyId === undefined) {
    return { verdict: { value: 'cannot-tell', reason: 'AWS does not say with which key.' } };
  }
  return ownKey({ keyId, region }, index);
}
