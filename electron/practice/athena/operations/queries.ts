import { integer, matching, optional, required, structure, text } from '../../protocol/rules';
import { invalidRequest } from '../errors';
import { queryJson } from '../queries';
import { resultPage } from '../results';
import { placeOf } from '../scan';
import {
  groupName,
  makeToken,
  readToken,
  resultConfiguration,
  type AthenaOperation,
  type Context,
} from './context';

const queryId = matching(1, 128, '\\S+');

export const startQueryExecution: AthenaOperation = {
  name: 'StartQueryExecution',

  members: {
    QueryString: required(text(1, 262_144)),
    ClientRequestToken: optional(text(32, 128)),
    QueryExecutionContext: optional(
      structure({ Database: optional(text(1, 255)), Catalog: optional(text(1, 256)) }),
    ),
    ResultConfiguration: optional(resultConfiguration),
    WorkGroup: optional(groupName),
  },
  run(
    input: {
      QueryString: string;
      ClientRequestToken?: string;
      QueryExecutionContext?: { Database?: string };
      ResultConfiguration?: { OutputLocation?: string };
      WorkGroup?: string;
    },
    { groups, queries, region, caller, may, on, s3 }: Context,
  ) {
    const { WorkGroup = 'primary', QueryString, ClientRequestToken } = input;
    on(WorkGroup);
    const group = groups.get(WorkGroup);
    const asked = input.ResultConfiguration?.OutputLocation;
    const outputLocation = group.enforced ? group.outputLocation : (asked ?? group.outputLocation);
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
};

export const getQueryExecution: AthenaOperation = {
  name: 'GetQueryExecution',

  members: { QueryExecutionId: required(queryId) },
  run({ QueryExecutionId }: { QueryExecutionId: string }, { queries, region, on }: Context) {
    const query = queries.get(QueryExecutionId, region);
    on(query.workGroup);
    return { QueryExecution: queryJson(query) };
  },
};

export const stopQueryExecution: AthenaOperation = {
  name: 'StopQueryExecution',

  members: { QueryExecutionId: required(queryId) },
  run({ QueryExecutionId }: { QueryExecutionId: string }, { queries, region, on }: Context) {
    const query = queries.get(QueryExecutionId, region);
    on(query.workGroup);
    queries.stop(query);
    return {};
  },
};

export const getQueryResults: AthenaOperation = {
  name: 'GetQueryResults',

  members: {
    QueryExecutionId: required(queryId),
    NextToken: optional(text(1, 1024)),
    MaxResults: optional(integer(1, 1000)),
  },
  run: queryResults,
};

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
