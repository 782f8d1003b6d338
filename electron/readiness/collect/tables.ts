import { DescribeTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { RegionPosture, Table } from '../../../shared/model/readiness/posture/region';
import { pages } from '../../aws/pages';
import type { Asker, Send } from './ask';
import { eachOf, needed, said } from './parts';

/** Asks DynamoDB for the tables of one Region and with which key each is encrypted. */
export async function collectTables(
  { ask }: Asker,
  region: string,
): Promise<RegionPosture['tables']> {
  const listed = await ask(region, async (send) => {
    const found: string[] = [];
    const lists = pages(
      'dynamodb:ListTables',
      (ExclusiveStartTableName) => send(new ListTablesCommand({ ExclusiveStartTableName })),
      ({ LastEvaluatedTableName }) => LastEvaluatedTableName,
    );
    for await (const { TableNames } of lists) {
      found.push(...needed(TableNames, 'dynamodb:ListTables', 'TableNames'));
    }
    return found;
  });
  if ('refused' in listed) return listed;
  const tables = await eachOf(listed.answer, async (name) => ({
    name,
    table: await ask(region, (send) => askTable(send, name)),
  }));
  return { calls: listed.calls, answer: tables };
}

async function askTable(send: Send, TableName: string): Promise<Table> {
  const operation = 'dynamodb:DescribeTable';
  const { output } = await send(new DescribeTableCommand({ TableName }));
  const table = needed(output.Table, operation, 'Table');
  const encryption = table.SSEDescription;
  return {
    arn: needed(table.TableArn, operation, 'TableArn'),
    status: table.TableStatus ?? '',
    // Without a description, or where it was switched off, the key is one that AWS owns.
    key: !encryption || encryption.Status === 'DISABLED' ? 'aws-owned' : kindOf(encryption),
    ...said({
      keyId: encryption?.KMSMasterKeyArn,
      deletionProtection: table.DeletionProtectionEnabled,
    }),
  };
}

/** `ENABLING`, `UPDATING` and `DISABLING` are between two keys. */
function kindOf({
  Status,
  SSEType,
}: {
  Status?: string | undefined;
  SSEType?: string | undefined;
}) {
  return Status === 'ENABLED' && SSEType === 'KMS' ? 'kms' : 'unknown';
}
