import type { Account } from '../account/account';
import { AwsError } from '../protocol/awsError';
import type { Members } from '../protocol/rules';
import { validateInput } from '../protocol/validate';
import type { S3 } from '../s3/index';
import type { Caller } from '../sigv4/verify';
import { invalidRequest } from './errors';
import {
  getQueryExecution,
  getQueryResults,
  startQueryExecution,
  stopQueryExecution,
} from './operations/queries';
import { createWorkGroup, getWorkGroup, listWorkGroups } from './operations/workGroups';
import { createQueries, type May } from './queries';
import { openWorkGroups } from './workGroups';

const operations = new Map(
  [
    startQueryExecution,
    getQueryExecution,
    getQueryResults,
    stopQueryExecution,
    listWorkGroups,
    getWorkGroup,
    createWorkGroup,
  ].map((one) => [one.name, one]),
);

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
export const athenaActions = [...operations.keys()].map((name) => `athena:${name}`);
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
      const answer = found.run(valid as never, context);
      account.state.commit();
      return answer;
    },
  };
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
