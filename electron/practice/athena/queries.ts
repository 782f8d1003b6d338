import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Account } from '../account/account';
import type { S3 } from '../s3/index';
import type { Caller } from '../sigv4/verify';
import { openCatalog } from './catalog';
import { invalidRequest, tooManyQueries } from './errors';
import { partitionsOf } from './partitions';
import { resultCsv } from './results';
import { placeOf, scan } from './scan';
import { selecting } from './sql/select';
import { readStatement, type Select, type Statement } from './sql/statement';
import { SqlError } from './sql/tokens';
import type { Column } from './sql/types';
import { engineVersion, type WorkGroupRecord } from './workGroups';

/** A query that was started; it is changed while it runs. */
export interface Query {
  readonly id: string;
  readonly region: string;
  readonly sql: string;
  readonly database: string;
  readonly workGroup: string;
  readonly outputLocation: string;
  readonly statementType: 'DDL' | 'DML';
  readonly submittedAt: number;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  endedAt?: number;
  bytesScanned: number;
  runMs: number;
  columns: readonly Column[];
}

/** Asks whether the caller may; throws AwsError where not. */
export type May = (action: string, resource: string) => void;

export interface Start {
  readonly sql: string;
  readonly region: string;
  readonly database: string;
  readonly group: WorkGroupRecord;
  readonly outputLocation: string;
  readonly token: string | undefined;
  readonly caller: Caller;
  readonly may: May;
}

export interface Queries {
  /** @throws AthenaError for a statement that cannot be read, and where too many run */
  start(start: Start): Query;
  /** @throws AthenaError */
  get(id: string, region: string): Query;
  /** Ends one that is not over yet. */
  stop(query: Query): void;
}

/** AWS's default for active DML queries is more in some Regions; this account has one for all. */
const mostAtOnce = 20;
/** The newest are remembered. */
const mostKept = 500;

/** Runs queries one after the other, in slices of the event loop's time. They end with the process. */
export function createQueries(account: Account, s3: S3): Queries {
  const queries = new Map<string, Query>();
  const byToken = new Map<string, Query>();
  let line: Promise<unknown> = Promise.resolve();
  const now = () => account.clock.now();
  const isOver = ({ state }: Query) => state !== 'QUEUED' && state !== 'RUNNING';

  return {
    start({ sql, token, ...start }) {
      const repeated = token === undefined ? undefined : byToken.get(token);
      if (repeated) {
        if (repeated.sql === sql) return repeated;
        throw invalidRequest('Idempotent parameters do not match');
      }
      const statement = read(sql);
      if ([...queries.values()].filter((query) => !isOver(query)).length >= mostAtOnce) {
        throw tooManyQueries();
      }
      const id = randomUUID();
      const ending = statement.kind === 'select' ? 'csv' : 'txt';
      const query: Query = {
        id,
        region: start.region,
        sql,
        database: start.database,
        workGroup: start.group.name,
        outputLocation: `${start.outputLocation.replace(/\/?$/, '/')}${id}.${ending}`,
        statementType: statement.kind === 'select' ? 'DML' : 'DDL',
        submittedAt: now(),
        state: 'QUEUED',
        bytesScanned: 0,
        runMs: 0,
        columns: [],
      };
      queries.set(id, query);
      if (token !== undefined) byToken.set(token, query);
      for (const [old, one] of queries) {
        if (queries.size <= mostKept) break;
        if (isOver(one)) queries.delete(old);
      }
      line = line.then(() => run(query, statement, start));
      return query;
    },
    get(id, region) {
      const query = queries.get(id);
      if (query?.region !== region) throw invalidRequest(`QueryExecution ${id} was not found`);
      return query;
    },
    stop(query) {
      if (isOver(query)) return;
      end(query, 'CANCELLED', 'Query cancelled by user');
    },
  };

  function end(query: Query, state: Query['state'], reason?: string): void {
    query.state = state;
    query.endedAt = now();
    if (reason !== undefined) query.reason = reason;
  }

  async function run(
    query: Query,
    statement: Statement,
    { region, database, group, caller, may }: Omit<Start, 'sql' | 'token'>,
  ): Promise<void> {
    // Whoever asks at once sees it in the queue.
    await nextTurn();
    if (isOver(query)) return;
    query.state = 'RUNNING';
    const startedAt = performance.now();
    try {
      const catalog = openCatalog(account, region);
      const glue = `arn:aws:glue:${region}:${caller.accountId}:catalog`;
      if (statement.kind === 'select') await select(query, statement);
      else {
        allowed(may, glueActions[statement.kind], glue);
        catalog.change(statement, database);
        write(query, '', may);
      }
      if (!isOver(query)) end(query, 'SUCCEEDED');

      async function select(running: Query, asked: Select): Promise<void> {
        allowed(may, 'glue:GetTable', glue);
        const table = catalog.table(asked.from, database);
        const taking = selecting(asked, [...table.columns, ...table.partitions]);
        const parts = partitionsOf(table, asked.where, now());
        const [bucket] = placeOf(table.location);
        allowed(may, 's3:ListBucket', `arn:aws:s3:::${bucket}`);
        allowed(may, 's3:GetObject', `arn:aws:s3:::${bucket}/*`, `s3://${bucket}/`);
        for await (const { bytes, rows } of scan(s3, table, parts)) {
          if (isOver(running)) return;
          running.bytesScanned += bytes;
          if (running.bytesScanned > (group.bytesCutoff ?? Infinity)) {
            end(running, 'CANCELLED', 'Bytes scanned limit was exceeded');
            return;
          }
          let enough = false;
          for (const row of rows) enough ||= taking.take(row);
          if (enough) break;
          running.runMs = performance.now() - startedAt;
          await nextTurn();
        }
        running.columns = taking.columns;
        write(running, resultCsv(taking.columns, taking.result()), may);
      }
    } catch (error) {
      if (!(error instanceof SqlError)) process.emitWarning(`Defect in a query: ${String(error)}`);
      if (isOver(query)) return;
      end(query, 'FAILED', error instanceof SqlError ? error.message : 'GENERIC_INTERNAL_ERROR');
    } finally {
      query.runMs = performance.now() - startedAt;
    }
  }

  function write({ outputLocation }: Query, body: string, may: May): void {
    const [bucket, key] = placeOf(outputLocation);
    try {
      may('s3:PutObject', `arn:aws:s3:::${bucket}/${key}`);
    } catch {
      throw new SqlError(
        `Access denied when writing output to url: ${outputLocation} . Please ensure you are allowed to access the S3 bucket. If you are encrypting query results with KMS key, please ensure you are allowed to access your KMS key`,
      );
    }
    if (!s3.buckets.get(bucket)) throw new SqlError(`Output bucket ${bucket} does not exist`);
    const metadata = { contentType: 'application/octet-stream' };
    s3.objects.put(bucket, key, { body: Buffer.from(body), at: now(), metadata });
  }
}

const glueActions = {
  'create-database': 'glue:CreateDatabase',
  'create-table': 'glue:CreateTable',
  'drop-table': 'glue:DeleteTable',
} as const;

/** A denial while a query runs is the reason why it fails. */
function allowed(may: May, action: string, resource: string, path?: string): void {
  try {
    may(action, resource);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    throw new SqlError(
      path === undefined && action.startsWith('glue:')
        ? `FAILED: SemanticException ${message} (Service: AmazonDataCatalog; Status Code: 400; Error Code: AccessDeniedException)`
        : `PERMISSION_DENIED: Permission denied on S3 path: ${path ?? resource} (${message})`,
    );
  }
}

function read(sql: string): Statement {
  try {
    return readStatement(sql);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw invalidRequest(error.message, 'MALFORMED_QUERY');
  }
}

/** As GetQueryExecution tells it. */
export function queryJson(query: Query): object {
  const { id, sql, statementType, outputLocation, database, state, reason } = query;
  const { submittedAt, endedAt, bytesScanned, runMs, workGroup } = query;
  const ran = Math.round(runMs);
  return {
    QueryExecutionId: id,
    Query: sql,
    StatementType: statementType,
    ResultConfiguration: { OutputLocation: outputLocation },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    QueryExecutionContext: { Database: database, Catalog: 'awsdatacatalog' },
    Status: {
      State: state,
      ...(reason !== undefined && { StateChangeReason: reason }),
      SubmissionDateTime: submittedAt / 1000,
      ...(endedAt !== undefined && { CompletionDateTime: endedAt / 1000 }),
      ...(state === 'FAILED' && {
        AthenaError: { ErrorCategory: 2, ErrorType: 1006, Retryable: false, ErrorMessage: reason },
      }),
    },
    Statistics: {
      EngineExecutionTimeInMillis: ran,
      DataScannedInBytes: bytesScanned,
      TotalExecutionTimeInMillis: ran,
      QueryQueueTimeInMillis: 0,
      ServiceProcessingTimeInMillis: 0,
    },
    WorkGroup: workGroup,
    EngineVersion: engineVersion,
    SubstatementType: statementType === 'DML' ? 'SELECT' : 'CREATE_TABLE',
  };
}
