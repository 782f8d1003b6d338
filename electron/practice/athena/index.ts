import type { Account } from '../account/account';
import type { S3 } from '../s3/index';
import type { Caller } from '../sigv4/verify';
import { AwsError } from '../protocol/awsError';
import { flag, integer, matching, optional, required, structure, text } from '../protocol/rules';
import type { Members } from '../protocol/rules';
import { validateInput } from '../protocol/validate';
import { invalidRequest } from './errors';
import { createQueries, queryJson, type May, type Queries } from './queries';
import { resultPage } from './results';
import { placeOf } from './scan';
import { openWorkGroups, workGroupJson, workGroupSummary, type WorkGroups } from './workGroups';

/** One request of Athena's JSON protocol (API 2017-05-18). */
export interface AthenaRequest {
  readonly operation: string;
  readonly input: unknown;
  readonly region: string;
  readonly caller: Caller;
  readonly may: May;
}

export interface Athena {
  /** @throws AwsError */
  handle(request: AthenaRequest): object;
}

/** As faults are aimed at them: Athena's own permissions, and those that a running query needs. */
export const athenaActions = [
  'StartQueryExecution',
  'GetQueryExecution',
  'GetQueryResults',
  'StopQueryExecution',
  'ListWorkGroups',
  'GetWorkGroup',
  'CreateWorkGroup',
].map((name) => `athena:${name}`);
export const glueActions = ['CreateDatabase', 'CreateTable', 'DeleteTable', 'GetTable'].map(
  (name) => `glue:${name}`,
);

/** As much of Athena as questions to CloudTrail's log files need; it really reads them. */
export function createAthena(account: Account, s3: S3): Athena {
  const queries = createQueries(account, s3);
  return {
    handle({ operation, input, region, caller, may }) {
      const found = operations.get(operation);
      if (!found) throw new AwsError('UnknownOperationException');
      const valid = validated(input, found.members);
      const groups = openWorkGroups(account, region);
      const arn = (group: string) =>
        `arn:aws:athena:${region}:${caller.accountId}:workgroup/${group}`;
      const context = {
        account,
        s3,
        queries,
        groups,
        region,
        caller,
        may,
        /** Asks for the operation's permission on a workgroup. */
        on: (group: string) => may(`athena:${operation}`, arn(group)),
      };
      const answer = found.run(valid, context);
      account.state.commit();
      return answer;
    },
  };
}

interface Context extends Pick<AthenaRequest, 'region' | 'caller' | 'may'> {
  readonly account: Account;
  readonly s3: S3;
  readonly queries: Queries;
  readonly groups: WorkGroups;
  readonly on: (group: string) => void;
}

const groupName = matching(1, 128, '[a-zA-Z0-9._-]{1,128}');
const queryId = matching(1, 128, '\\S+');
const resultConfiguration = structure({ OutputLocation: optional(text(0, 2048)) });

const operations = new Map<
  string,
  { members: Members; run(input: object, context: Context): object }
>([
  operation<{
    QueryString: string;
    ClientRequestToken?: string;
    QueryExecutionContext?: { Database?: string };
    ResultConfiguration?: { OutputLocation?: string };
    WorkGroup?: string;
  }>('StartQueryExecution', {
    members: {
      QueryString: required(text(1, 262_144)),
      ClientRequestToken: optional(text(32, 128)),
      QueryExecutionContext: optional(
        structure({ Database: optional(text(1, 255)), Catalog: optional(text(1, 256)) }),
      ),
      ResultConfiguration: optional(resultConfiguration),
      WorkGroup: optional(groupName),
    },
    run(input, { groups, queries, region, caller, may, on, s3 }) {
      const { WorkGroup = 'primary', QueryString, ClientRequestToken } = input;
      on(WorkGroup);
      const group = groups.get(WorkGroup);
      const asked = input.ResultConfiguration?.OutputLocation;
      const outputLocation = group.enforced
        ? group.outputLocation
        : (asked ?? group.outputLocation);
      if (!outputLocation) {
        throw invalidRequest(
          'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
        );
      }
      const [bucket] = placeOf(outputLocation);
      if (!/^s3:\/\/./.test(outputLocation)) {
        throw invalidRequest(`outputLocation is not a valid S3 path.`);
      }
      if (!s3.buckets.get(bucket)) {
        throw invalidRequest(`Unable to verify/create output bucket ${bucket}`);
      }
      const { id } = queries.start({
        sql: QueryString,
        region,
        database: input.QueryExecutionContext?.Database?.toLowerCase() ?? 'default',
        group,
        outputLocation,
        token: ClientRequestToken,
        caller,
        may,
      });
      return { QueryExecutionId: id };
    },
  }),
  operation<{ QueryExecutionId: string }>('GetQueryExecution', {
    members: { QueryExecutionId: required(queryId) },
    run({ QueryExecutionId }, { queries, region, on }) {
      const query = queries.get(QueryExecutionId, region);
      on(query.workGroup);
      return { QueryExecution: queryJson(query) };
    },
  }),
  operation<{ QueryExecutionId: string }>('StopQueryExecution', {
    members: { QueryExecutionId: required(queryId) },
    run({ QueryExecutionId }, { queries, region, on }) {
      const query = queries.get(QueryExecutionId, region);
      on(query.workGroup);
      queries.stop(query);
      return {};
    },
  }),
  operation<{ QueryExecutionId: string; NextToken?: string; MaxResults?: number }>(
    'GetQueryResults',
    {
      members: {
        QueryExecutionId: required(queryId),
        NextToken: optional(text(1, 1024)),
        MaxResults: optional(integer(1, 1000)),
      },
      run: queryResults,
    },
  ),
  operation<{ NextToken?: string; MaxResults?: number }>('ListWorkGroups', {
    members: { NextToken: optional(text(1, 1024)), MaxResults: optional(integer(1, 50)) },
    run({ NextToken, MaxResults = 50 }, { groups, may }) {
      may('athena:ListWorkGroups', '*');
      const from = readToken(NextToken);
      const all = groups.all();
      const end = from + MaxResults;
      return {
        WorkGroups: all.slice(from, end).map(workGroupSummary),
        ...(end < all.length && { NextToken: makeToken(end) }),
      };
    },
  }),
  operation<{ WorkGroup: string }>('GetWorkGroup', {
    members: { WorkGroup: required(groupName) },
    run({ WorkGroup }, { groups, on }) {
      on(WorkGroup);
      return { WorkGroup: workGroupJson(groups.get(WorkGroup)) };
    },
  }),
  operation<{
    Name: string;
    Description?: string;
    Configuration?: {
      ResultConfiguration?: { OutputLocation?: string };
      EnforceWorkGroupConfiguration?: boolean;
      BytesScannedCutoffPerQuery?: number;
    };
  }>('CreateWorkGroup', {
    members: {
      Name: required(groupName),
      Description: optional(text(0, 1024)),
      Configuration: optional(
        structure({
          ResultConfiguration: optional(resultConfiguration),
          EnforceWorkGroupConfiguration: optional(flag),
          BytesScannedCutoffPerQuery: optional(integer(10_000_000, Number.MAX_SAFE_INTEGER)),
        }),
      ),
    },
    run({ Name, Description, Configuration: asked }, { groups, account, on }) {
      on(Name);
      groups.create({
        name: Name,
        description: Description,
        createdAt: account.clock.now(),
        outputLocation: asked?.ResultConfiguration?.OutputLocation,
        enforced: asked?.EnforceWorkGroupConfiguration ?? true,
        bytesCutoff: asked?.BytesScannedCutoffPerQuery,
      });
      return {};
    },
  }),
]);

function queryResults(
  input: { QueryExecutionId: string; NextToken?: string; MaxResults?: number },
  { queries, region, on, may, s3 }: Context,
): object {
  const { QueryExecutionId, NextToken, MaxResults = 1000 } = input;
  const query = queries.get(QueryExecutionId, region);
  on(query.workGroup);
  const { state, outputLocation, columns } = query;
  if (state === 'QUEUED' || state === 'RUNNING') {
    throw invalidRequest(
      `Query has not yet finished. Current state: ${state}`,
      'INVALID_QUERY_EXECUTION_STATE',
    );
  }
  if (state !== 'SUCCEEDED') {
    throw invalidRequest(
      `Query did not finish successfully. Final query state: ${state}`,
      'INVALID_QUERY_EXECUTION_STATE',
    );
  }
  const [bucket, key] = placeOf(outputLocation);
  may('s3:GetObject', `arn:aws:s3:::${bucket}/${key}`);
  const object = s3.objects.get(bucket, key);
  if (!object) throw invalidRequest('Could not find results');
  const { page, next } = resultPage(
    object.body.toString('utf8'),
    columns,
    readToken(NextToken),
    MaxResults,
  );
  return { ...page, ...(next !== undefined && { NextToken: makeToken(next) }) };
}

function operation<I extends object>(
  name: string,
  { members, run }: { members: Members; run(input: I, context: Context): object },
): [string, { members: Members; run(input: object, context: Context): object }] {
  // What `members` lets through has this shape.
  return [name, { members, run: (input, context) => run(input as I, context) }];
}

/** Athena answers what does not fit its model as an invalid request. */
function validated(input: unknown, members: Members): object {
  try {
    return validateInput(input, members);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ValidationException') {
      throw invalidRequest(error.message);
    }
    throw error;
  }
}

const makeToken = (at: number) => Buffer.from(`athena ${at}`).toString('base64url');

function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const at = /^athena (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (at === undefined) throw invalidRequest('Invalid NextToken');
  return Number(at);
}
