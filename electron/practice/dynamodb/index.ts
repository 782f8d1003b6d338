import { practiceAccountId } from '../account/account';
import { jsonService } from '../edge/jsonService';
import type { Stock, TableRecord } from '../holdings/holdings';
import { AwsError } from '../protocol/awsError';
import { integer, matching, optional, required, text } from '../protocol/rules';

const name = matching(3, 255, '[a-zA-Z0-9_.-]+');

/** As much of DynamoDB (JSON 1.0, API 2012-08-10) as its encryption needs: ListTables, DescribeTable. */
export const dynamoDb = jsonService<Stock>({
  scope: 'dynamodb',
  version: '1.0',
  target: 'DynamoDB_20120810',
  errorPrefix: 'com.amazonaws.dynamodb.v20120810#',
  operations: {
    ListTables: {
      members: { ExclusiveStartTableName: optional(name), Limit: optional(integer(1, 100)) },
      resource: (_input, region) => tableArn(region, '*'),
      run(input: { ExclusiveStartTableName?: string; Limit?: number }, { tables }) {
        const { ExclusiveStartTableName: after = '', Limit: limit = 100 } = input;
        const rest = tables
          .map((table) => table.name)
          .sort()
          .filter((one) => one > after);
        const names = rest.slice(0, limit);
        return {
          TableNames: names,
          LastEvaluatedTableName: rest.length > limit ? names.at(-1) : undefined,
        };
      },
    },
    DescribeTable: {
      // Its ARN is taken too.
      members: { TableName: required(text(1, 1024)) },
      resource: ({ TableName }: { TableName: string }, region) =>
        TableName.startsWith('arn:') ? TableName : tableArn(region, TableName),
      run({ TableName: given }: { TableName: string }, { tables, region, now }) {
        const table = tables.find((one) => [one.name, tableArn(region, one.name)].includes(given));
        if (table) return { Table: tableJson(table, region, now) };
        throw new AwsError(
          'ResourceNotFoundException',
          `Requested resource not found: Table: ${given.slice(0, 255)} not found`,
        );
      },
    },
  },
});

function tableArn(region: string, table: string): string {
  return `arn:aws:dynamodb:${region}:${practiceAccountId}:table/${table}`;
}

function tableJson(table: TableRecord, region: string, now: number): object {
  const { keyArn } = table;
  return {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    TableName: table.name,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    TableStatus: 'ACTIVE',
    CreationDateTime: new Date(table.createdAt),
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: 0,
      WriteCapacityUnits: 0,
    },
    TableSizeBytes: 1_048_576,
    ItemCount: Math.max(1, Math.floor((now - table.createdAt) / 3_600_000)),
    TableArn: tableArn(region, table.name),
    TableId: table.id,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    DeletionProtectionEnabled: table.deletionProtection,
    // A table on a key that AWS owns has no description of its encryption.
    ...(keyArn !== undefined && {
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: keyArn },
    }),
  };
}
