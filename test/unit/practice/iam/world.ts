import {
  openAccount,
  operatorOf,
  type Account,
} from '../../../../electron/practice/account/account';
import { memoryStorage } from '../../../../electron/practice/account/storage';
import { createThrottle } from '../../../../electron/practice/account/throttle';
import {
  callerOf,
  openDirectory,
  type Directory,
} from '../../../../electron/practice/iam/directory';
import { newRole, newUser, openIdentities } from '../../../../electron/practice/iam/identities';
import { roleArn, userArn } from '../../../../electron/practice/iam/model';
import { createKms, type Kms } from '../../../../electron/practice/kms/index';
import { AwsError } from '../../../../electron/practice/protocol/awsError';
import type { Caller } from '../../../../electron/practice/sigv4/verify';
import { handleSts } from '../../../../electron/practice/sts/index';

export const home = 'eu-central-1';
export const ours = '111122223333';
export const theirs = '444455556666';

export interface World {
  readonly account: Account;
  readonly kms: Kms;
  readonly directory: Directory;
  readonly operator: Caller;
  /** Makes a user with these statements as identity-based policy. */
  user(name: string, statements: readonly object[], options?: UserOptions): Caller;
  /** Makes a role and gives its ARN. */
  role(name: string, statements: readonly object[], trust: object): string;
  /** Calls KMS as somebody; gives the answer or throws AwsError. */
  as(caller: Caller, operation: string, input?: object): Promise<Record<string, unknown>>;
  /** The same, and gives 'ok' or `Code: text`. */
  outcome(caller: Caller, operation: string, input?: object): Promise<string>;
  /** A key of ours with this policy (the default one if left out), by its ARN. */
  key(statements?: readonly object[], more?: object): Promise<string>;
  /** Calls STS; gives the XML, or `Code: text`. */
  sts(caller: Caller, parameters: Record<string, string>): string;
  /** The caller that STS's answer has the credentials of. */
  session(xml: string): Caller;
}

interface UserOptions {
  readonly accountId?: string;
  readonly tags?: Record<string, string>;
  readonly mfa?: boolean;
}

export const policyOf = (statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const allow = (action: string | string[], condition?: object) => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...(condition && { Condition: condition }),
});
export const deny = (action: string | string[], condition?: object) => ({
  ...allow(action, condition),
  Effect: 'Deny',
});
export const to = (principal: string | string[], statement: object) => ({
  ...statement,
  Principal: principal === '*' ? '*' : { AWS: principal },
});
export const root = (accountId: string) => `arn:aws:iam::${accountId}:root`;

/** KMS, STS and their people in memory, without HTTP, on a clock that stands still. */
export function openWorld(): World {
  const start = Date.parse('2026-06-01T00:00:00Z');
  const account = openAccount(memoryStorage(), [home], () => start);
  const directory = openDirectory(account.state, account.clock.now);
  openIdentities(directory, ours, { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' }, 0);
  const kms = createKms({
    account,
    throttle: createThrottle(() => 0),
    enforceQuotas: () => false,
  });
  const operator = operatorOf(ours, 'AKIAOPERATOR');
  const as: World['as'] = async (caller, operation, input = {}) =>
    ((await kms.handle({ operation, input, region: home, caller, requestId: 'test' })) ??
      {}) as Record<string, unknown>;
  const told = (error: unknown) => {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  };
  return {
    account,
    kms,
    directory,
    operator,
    user(name, statements, { accountId = ours, ...options } = {}) {
      const policies = statements.length === 0 ? [] : [policyOf(statements)];
      const user = newUser({ accountId, name, about: '', policies, ...options });
      directory.putUser(user);
      return callerOf(user);
    },
    role(name, statements, trust) {
      const role = newRole({
        accountId: ours,
        name,
        about: '',
        policies: [policyOf(statements)],
        trustPolicy: policyOf([trust]),
        tags: { kind: 'program' },
      });
      directory.putRole(role);
      return roleArn(role);
    },
    as,
    outcome: (caller, operation, input) => as(caller, operation, input).then(() => 'ok', told),
    async key(statements, more = {}) {
      const answer = await as(operator, 'CreateKey', {
        ...(statements && { Policy: policyOf(statements), BypassPolicyLockoutSafetyCheck: true }),
        ...more,
      });
      return (answer.KeyMetadata as { Arn: string }).Arn;
    },
    sts(caller, parameters) {
      const now = account.clock.now();
      const context = { caller, region: home, directory, now, realNow: start };
      try {
        return handleSts(new URLSearchParams(parameters), context, 'test');
      } catch (error) {
        return told(error);
      }
    },
    session(xml) {
      const id = /<AccessKeyId>(.*)<\/AccessKeyId>/.exec(xml)?.[1];
      const key = directory.findKey(id ?? '');
      if (!key) throw new Error(xml);
      return key.caller;
    },
  };
}

export const arnOfUser = (name: string, accountId = ours) => userArn({ accountId, name });

/** AWS's text for a refusal without a policy that allows. */
export const refused = (
  caller: Caller,
  action: string,
  resource: string,
  from: 'identity-based policy' | 'resource-based policy' | 'session policy',
) =>
  `AccessDeniedException: User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no ${from} allows the ${action} action`;

export const explicitly = (
  caller: Caller,
  action: string,
  resource: string,
  by: 'an identity-based policy' | 'a resource-based policy' | 'a session policy',
) =>
  `AccessDeniedException: User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in ${by}`;

export const elsewhere = (caller: Caller, action: string, what = 'this resource') =>
  `AccessDeniedException: User: ${caller.arn} is not authorized to perform: ${action} on ${what} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
