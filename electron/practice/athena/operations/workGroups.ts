import { flag, integer, optional, required, structure, text } from '../../protocol/rules';
import { workGroupJson, workGroupSummary } from '../workGroups';
import {
  groupName,
  makeToken,
  readToken,
  resultConfiguration,
  type AthenaOperation,
  type Context,
} from './context';

export const listWorkGroups: AthenaOperation = {
  name: 'ListWorkGroups',

  members: { NextToken: optional(text(1, 1024)), MaxResults: optional(integer(1, 50)) },
  run(
    { NextToken, MaxResults = 50 }: { NextToken?: string; MaxResults?: number },
    { groups, may }: Context,
  ) {
    may('athena:ListWorkGroups', '*');
    const from = readToken(NextToken);
    const all = groups.all();
    const end = from + MaxResults;
    return {
      WorkGroups: all.slice(from, end).map(workGroupSummary),
      ...(end < all.length && { NextToken: makeToken(end) }),
    };
  },
};

export const getWorkGroup: AthenaOperation = {
  name: 'GetWorkGroup',

  members: { WorkGroup: required(groupName) },
  run({ WorkGroup }: { WorkGroup: string }, { groups, on }: Context) {
    on(WorkGroup);
    return { WorkGroup: workGroupJson(groups.get(WorkGroup)) };
  },
};

export const createWorkGroup: AthenaOperation = {
  name: 'CreateWorkGroup',

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
  run(
    {
      Name,
      Description,
      Configuration: asked,
    }: {
      Name: string;
      Description?: string;
      Configuration?: {
        ResultConfiguration?: { OutputLocation?: string };
        EnforceWorkGroupConfiguration?: boolean;
        BytesScannedCutoffPerQuery?: number;
      };
    },
    { groups, account, on }: Context,
  ) {
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
};
