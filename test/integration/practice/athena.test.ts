import {
  AthenaClient,
  CreateWorkGroupCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetWorkGroupCommand,
  ListWorkGroupsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucket, region, trailAccount, type TrailAccount } from '../events/trailCopy';
import { askControl } from './askControl';

const results = 'query-results';
const accountId = '111122223333';
let account: TrailAccount;
let athena: AthenaClient;

/** As AWS's CloudTrail user guide makes the table, in short. */
const table = (name: string, day = '2020/01/01,NOW') => `
CREATE EXTERNAL TABLE ${name} (
  eventversion STRING,
  useridentity STRUCT<type:STRING, arn:STRING, sessioncontext:STRUCT<attributes:STRUCT<mfaauthenticated:STRING>>>,
  eventtime STRING, eventsource STRING, eventname STRING, errorcode STRING,
  requestparameters STRING, eventid STRING, readonly STRING,
  resources ARRAY<STRUCT<arn:STRING, accountid:STRING, type:STRING>>
)
COMMENT 'CloudTrail'
PARTITIONED BY (\`timestamp\` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://${bucket}/AWSLogs/${accountId}/CloudTrail/${region}'
TBLPROPERTIES (
  'projection.enabled'='true',
  'projection.timestamp.format'='yyyy/MM/dd',
  'projection.timestamp.interval'='1',
  'projection.timestamp.interval.unit'='DAYS',
  'projection.timestamp.range'='${day}',
  'projection.timestamp.type'='date',
  'storage.location.template'='s3://${bucket}/AWSLogs/${accountId}/CloudTrail/${region}/\${timestamp}'
)`;

beforeAll(async () => {
  account = await trailAccount(3);
  const { endpoint, accessKeyId, secretAccessKey } = account.practice;
  const credentials = { accessKeyId, secretAccessKey };
  athena = new AthenaClient({ region, endpoint, credentials, maxAttempts: 1 });
  await account.s3.send(new CreateBucketCommand({ Bucket: results }));
  expect((await ran(table('logs'))).Status?.State).toBe('SUCCEEDED');
}, 120_000);
afterAll(async () => {
  athena.destroy();
  await account.close();
});

async function start(sql: string, WorkGroup = 'primary'): Promise<string> {
  const { QueryExecutionId = '' } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: 'default' },
      ResultConfiguration: { OutputLocation: `s3://${results}/here` },
      WorkGroup,
    }),
  );
  return QueryExecutionId;
}

async function ended(QueryExecutionId: string): Promise<QueryExecution> {
  for (;;) {
    const { QueryExecution } = await athena.send(
      new GetQueryExecutionCommand({ QueryExecutionId }),
    );
    const state = QueryExecution?.Status?.State ?? '';
    if (!['QUEUED', 'RUNNING'].includes(state)) return QueryExecution ?? {};
  }
}

async function ran(sql: string, group?: string): Promise<QueryExecution> {
  return ended(await start(sql, group));
}

async function rows(sql: string): Promise<(string | undefined)[][]> {
  const { Status, QueryExecutionId } = await ran(sql);
  expect(Status?.StateChangeReason).toBeUndefined();
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  return (ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map((cell) => cell.VarCharValue));
}

describe('queries of the practice account’s Athena', () => {
  it('run over the log files and write a CSV into S3', async () => {
    const execution = await ran(
      "SELECT eventname, useridentity.arn AS caller, errorcode FROM logs WHERE eventname = 'CreateKey' ORDER BY eventtime",
    );
    expect(execution.Status?.State).toBe('SUCCEEDED');
    expect(execution).toMatchObject({ StatementType: 'DML', WorkGroup: 'primary' });
    const output = execution.ResultConfiguration?.OutputLocation ?? '';
    expect(output).toBe(`s3://${results}/here/${execution.QueryExecutionId}.csv`);
    const { Body } = await account.s3.send(
      new GetObjectCommand({ Bucket: results, Key: output.slice(`s3://${results}/`.length) }),
    );
    const arn = `arn:aws:iam::${accountId}:user/practice-operator`;
    const line = `"CreateKey","${arn}",`;
    expect(await Body?.transformToString()).toBe(
      ['"eventname","caller","errorcode"', line, line, line, ''].join('\n'),
    );
  });

  it('tell the real size of the objects that they read', async () => {
    const { Statistics } = await ran('SELECT count(*) FROM logs');
    let size = 0;
    for (const Key of (await account.keys()).filter((key) => key.includes('/CloudTrail/'))) {
      const head = await account.s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
      size += head.ContentLength ?? 0;
    }
    expect(size).toBeGreaterThan(0);
    expect(Statistics?.DataScannedInBytes).toBe(size);
    const none = await ran('SELECT count(*) FROM logs WHERE "timestamp" < \'2021/01/01\'');
    expect(none.Statistics?.DataScannedInBytes).toBe(0);
  });

  it('group, count, look into structures and JSON, and know the unknown', async () => {
    expect(
      await rows(
        "SELECT eventname, count(*) AS n FROM logs WHERE eventsource = 'kms.amazonaws.com' GROUP BY 1 ORDER BY n DESC LIMIT 1",
      ),
    ).toEqual([
      ['eventname', 'n'],
      ['CreateKey', '3'],
    ]);
    const [, first] = await rows(
      `SELECT json_extract_scalar(requestparameters, '$.description'), resources[1].type,
              json_format(CAST(resources AS JSON)), errorcode
       FROM logs
       WHERE eventname LIKE 'Create%' AND eventname NOT IN ('CreateTrail', 'CreateBucket')
         AND eventtime BETWEEN '2026' AND '2100' AND errorcode IS NULL
         AND NOT (errorcode = 'x' OR readonly <> 'false')
         AND (errorcode = 'x' OR strpos(requestparameters, 'hour 1') > 0)`,
    );
    // An unknown errorcode makes the NOT unknown: no row, as in every SQL.
    expect(first).toBeUndefined();
    const [, found] = await rows(
      `SELECT json_extract_scalar(requestparameters, '$.description'), resources[1].type, errorcode
       FROM logs WHERE eventname = 'CreateKey' AND requestparameters LIKE '%hour\\_1%' ESCAPE '\\'
          OR (eventname = 'CreateKey' AND strpos(requestparameters, 'hour 1') > 0)`,
    );
    expect(found).toEqual(['hour 1', 'AWS::KMS::Key', undefined]);
  });

  it('page their results, the names of the columns first', async () => {
    const { QueryExecutionId } = await ran(
      "SELECT eventid FROM logs WHERE eventname = 'CreateKey' ORDER BY 1",
    );
    const seen: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await athena.send(
        new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 2, NextToken }),
      );
      seen.push(...(page.ResultSet?.Rows ?? []).map(({ Data }) => Data?.[0]?.VarCharValue));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(seen).toHaveLength(4);
    expect(seen[0]).toBe('eventid');
    expect(new Set(seen).size).toBe(4);
    await expect(
      athena.send(new GetQueryResultsCommand({ QueryExecutionId, NextToken: 'nonsense' })),
    ).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  it.each([
    ['SELECT x FROM logs', "COLUMN_NOT_FOUND: line 1:1: Column 'x' cannot be resolved"],
    ['SELECT * FROM nothing', "TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.default.nothing'"],
    ['SELECT * FROM logs WHERE eventname = 1', 'TYPE_MISMATCH: line 1:1: Cannot apply operator'],
    ['SELECT md5(eventid) FROM logs', 'The practice account does not run the function md5.'],
    [table('logs'), 'AlreadyExistsException(message:Table logs already exists.)'],
    [table('none.logs'), 'Database does not exist: none'],
  ])('%s fails with a reason', async (sql, reason) => {
    const { Status } = await ran(sql);
    expect(Status?.State).toBe('FAILED');
    expect(Status?.StateChangeReason).toContain(reason);
  });

  it.each([
    ['SELEC 1', "line 1:1: mismatched input 'selec'"],
    ['SELECT a FROM', "line 1:14: mismatched input '<EOF>'"],
    ['SELECT a FROM b JOIN c', 'The practice account does not run JOIN.'],
    ['INSERT INTO a VALUES (1)', 'The practice account does not run INSERT.'],
    ['SELECT ~', "line 1:8: mismatched input '~'"],
  ])('%s is refused at once', async (sql, message) => {
    await expect(start(sql)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      AthenaErrorCode: 'MALFORMED_QUERY',
      message: expect.stringContaining(message) as string,
    });
  });

  it('are cancelled, and their results are not to be had before and after', async () => {
    const ids = await Promise.all([start('SELECT * FROM logs'), start('SELECT * FROM logs')]);
    const QueryExecutionId = ids[1];
    await athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    const { Status } = await ended(QueryExecutionId);
    expect(Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: 'Query cancelled by user',
    });
    await expect(athena.send(new GetQueryResultsCommand({ QueryExecutionId }))).rejects.toThrow(
      'Final query state: CANCELLED',
    );
    await expect(
      athena.send(new GetQueryExecutionCommand({ QueryExecutionId: 'no-such-query' })),
    ).rejects.toThrow('QueryExecution no-such-query was not found');
  });

  it('ask for a place of results, and for a bucket that is there', async () => {
    const without = new StartQueryExecutionCommand({ QueryString: 'SELECT * FROM logs' });
    await expect(athena.send(without)).rejects.toThrow('No output location provided.');
    const ResultConfiguration = { OutputLocation: 's3://nowhere-at-all/' };
    const nowhere = new StartQueryExecutionCommand({
      QueryString: 'SELECT 1',
      ResultConfiguration,
    });
    await expect(athena.send(nowhere)).rejects.toThrow(
      'Unable to verify/create output bucket nowhere-at-all',
    );
  });

  it('fail where a permission is taken away, and name it', async () => {
    const deny = (operations: string[]) => askControl(account.practice, 'deny', { operations });
    await deny(['glue:GetTable']);
    const { Status } = await ran('SELECT * FROM logs');
    await deny(['athena:StartQueryExecution']);
    await expect(start('SELECT * FROM logs')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('athena:StartQueryExecution') as string,
    });
    await deny([]);
    expect(Status?.StateChangeReason).toContain('not authorized to perform: glue:GetTable');
  });
});

describe('workgroups', () => {
  it('are listed and told, and their settings win where they are enforced', async () => {
    const Configuration = {
      EnforceWorkGroupConfiguration: true,
      ResultConfiguration: { OutputLocation: `s3://${results}/audit/` },
    };
    await athena.send(new CreateWorkGroupCommand({ Name: 'audit', Configuration }));
    const { WorkGroups } = await athena.send(new ListWorkGroupsCommand({}));
    expect(WorkGroups?.map(({ Name }) => Name)).toEqual(['audit', 'primary']);
    const { WorkGroup } = await athena.send(new GetWorkGroupCommand({ WorkGroup: 'audit' }));
    expect(WorkGroup?.Configuration).toMatchObject(Configuration);
    const { ResultConfiguration } = await ran('SELECT count(*) FROM logs', 'audit');
    expect(ResultConfiguration?.OutputLocation).toMatch(`s3://${results}/audit/`);
    await expect(athena.send(new GetWorkGroupCommand({ WorkGroup: 'none' }))).rejects.toThrow(
      'WorkGroup none is not found.',
    );
    const tooLow = { BytesScannedCutoffPerQuery: 1 };
    await expect(
      athena.send(new CreateWorkGroupCommand({ Name: 'low', Configuration: tooLow })),
    ).rejects.toThrow('Member must have value greater than or equal to 10000000');
  });
});
