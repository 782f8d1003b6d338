import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { AppError } from '../../../shared/model/errors';
import type { Neighbours, PracticeUser } from '../ports';

/** Who calls, as AWS names them. */
export interface Caller {
  readonly connection: string;
  readonly account: string;
  readonly arn: string;
}

/** The identities of a plan, by the names that it uses. */
export interface Identities {
  /** A connection, ready for calls; `practice:USER` is a user of the practice account. */
  caller(name: string, signal: AbortSignal): Promise<Caller>;
  /** A caller with credentials that were just had. */
  lent(base: Caller, name: string, credentials: Credentials, signal: AbortSignal): Promise<Caller>;
}

interface Credentials {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
}

const ofPractice = /^practice:(.+)$/;

export function createIdentities(
  { gateway, connections, lend, practice }: Neighbours,
  region: string,
): Identities {
  const known = new Map<string, Caller>();

  async function find(name: string, signal: AbortSignal): Promise<Caller> {
    const user = ofPractice.exec(name)?.[1];
    if (user === undefined) {
      const { accountId, arn } = await connections.identify(name, signal);
      return { connection: name, account: accountId, arn };
    }
    const found = await practiceUser(practice, user);
    const { account, arn, accessKeyId, secretAccessKey } = found;
    const credentials = { accessKeyId, secretAccessKey };
    const connection = await lend('practice', { name: user, account, credentials });
    return { connection, account, arn };
  }

  return {
    async caller(name, signal) {
      const caller = known.get(name) ?? (await find(name, signal));
      known.set(name, caller);
      return caller;
    },
    async lent(base, name, credentials, signal) {
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = credentials;
      const connection = await lend(base.connection, {
        name,
        account: base.account,
        credentials: {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          ...(SessionToken !== undefined && { sessionToken: SessionToken }),
        },
      });
      const target = { connection, region };
      const { output } = await gateway.send(target, new GetCallerIdentityCommand({}), { signal });
      return { connection, account: output.Account ?? base.account, arn: output.Arn ?? name };
    },
  };
}

/** A user of the practice account by name. Throws AppError `not-found`. */
export async function practiceUser(
  practice: Neighbours['practice'],
  name: string,
): Promise<PracticeUser> {
  const users = (await practice?.users()) ?? [];
  const found = users.find((user) => user.name === name);
  if (found) return found;
  const there = users.map((user) => user.name).join(', ');
  throw new AppError(
    'not-found',
    `The practice account has no user ${name}.${there ? ` There are: ${there}.` : ''}`,
  );
}

export function isPractice(connection: string): boolean {
  return connection === 'practice' || ofPractice.test(connection);
}
