import type { Account } from '../../account/account';
import type { Members } from '../../protocol/rules';
import type { S3 } from '../../s3/index';
import type { Caller } from '../../sigv4/verify';
import { matching, optional, structure, text } from '../../protocol/rules';
import { invalidRequest } from '../errors';
import type { May, Queries } from '../queries';
import type { WorkGroups } from '../workGroups';

/** What an operation works with. */
export interface Context {
  readonly account: Account;
  readonly s3: S3;
  readonly queries: Queries;
  readonly groups: WorkGroups;
  readonly region: string;
  readonly caller: Caller;
  readonly may: May;
  /** Asks for the operation's own permission on a workgroup. */
  readonly on: (group: string) => void;
}

export interface AthenaOperation {
  readonly name: string;
  readonly members: Members;
  readonly run: (input: never, context: Context) => object;
}

export const groupName = matching(1, 128, '[a-zA-Z0-9._-]{1,128}');
export const resultConfiguration = structure({ OutputLocation: optional(text(0, 2048)) });

export const makeToken = (at: number) => Buffer.from(`athena ${at}`).toString('base64url');

export function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const at = /^athena (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (at === undefined) throw invalidRequest('Invalid NextToken');
  return Number(at);
}
