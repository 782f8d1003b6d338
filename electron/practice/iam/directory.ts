import type { Collections } from '../account/collections';
import type { AccessKey, Caller } from '../sigv4/verify';
import {
  roleArn,
  userArn,
  type Identity,
  type RoleRecord,
  type SessionRecord,
  type UserRecord,
} from './model';

/** Who can act in the practice accounts: users, roles and the sessions that STS gave. */
export interface Directory {
  users(): readonly UserRecord[];
  roles(): readonly RoleRecord[];
  putUser(user: UserRecord): void;
  putRole(role: RoleRecord): void;
  findUser(arn: string): UserRecord | undefined;
  findRole(arn: string): RoleRecord | undefined;
  /** Whether there is such an account here; of others nothing is known. */
  hasAccount(accountId: string): boolean;
  putSession(session: SessionRecord): void;
  /** The identity behind an access key, long-term or temporary. */
  findKey(accessKeyId: string): AccessKey | undefined;
}

/** How long a session is remembered after its end, so that it is told to be expired, not unknown. */
const rememberedMs = 86_400_000;

/**
 * Opens the directory over the account's collections.
 * @param accountNow the account's clock: a session also ends when the account's time has passed its end
 */
export function openDirectory(state: Collections, accountNow: () => number): Directory {
  const users = state.of<UserRecord>('iam-user');
  const roles = state.of<RoleRecord>('iam-role');
  const sessions = state.of<SessionRecord>('sts-session');
  const keys = new Map<string, AccessKey>();
  const sessionKey = (session: SessionRecord): AccessKey | undefined => {
    const user = users.get(session.entityArn);
    const role = roles.get(session.entityArn);
    const caller = user ? userSession(user, session) : role && roleSession(role, session);
    return (
      caller && {
        caller,
        secretAccessKey: session.secretAccessKey,
        sessionToken: session.sessionToken,
        get expires() {
          return accountNow() >= session.expiresInAccount ? 0 : session.expires;
        },
      }
    );
  };
  return {
    users: () => [...users.values()],
    roles: () => [...roles.values()],
    putUser(user) {
      const before = users.get(userArn(user));
      if (before) keys.delete(before.accessKeyId);
      users.put(userArn(user), user);
      keys.set(user.accessKeyId, keyOfUser(user));
    },
    putRole: (role) => roles.put(roleArn(role), role),
    findUser: (arn) => users.get(arn),
    findRole: (arn) => roles.get(arn),
    hasAccount: (accountId) => [...users.values()].some((user) => user.accountId === accountId),
    putSession(session) {
      for (const old of sessions.values()) {
        if (old.expiresInAccount + rememberedMs > session.issuedAt) continue;
        sessions.delete(old.accessKeyId);
        keys.delete(old.accessKeyId);
      }
      sessions.put(session.accessKeyId, session);
    },
    findKey(accessKeyId) {
      const known = keys.get(accessKeyId);
      if (known) return known;
      const session = sessions.get(accessKeyId);
      const user = [...users.values()].find((one) => one.accessKeyId === accessKeyId);
      const key = user ? keyOfUser(user) : session && sessionKey(session);
      if (key) keys.set(accessKeyId, key);
      return key;
    },
  };
}

function keyOfUser(user: UserRecord): AccessKey {
  return { caller: callerOf(user), secretAccessKey: user.secretAccessKey };
}

/** A user who signs with long-term credentials. */
export function callerOf(user: UserRecord): Caller {
  const arn = userArn(user);
  const identity: Identity = {
    type: 'User',
    entityArn: arn,
    uniqueId: user.userId,
    userName: user.name,
    policies: user.policies,
    tags: user.tags,
  };
  const { accountId, accessKeyId, userId } = user;
  return { accountId, accessKeyId, arn, userId, identity };
}

function userSession(user: UserRecord, session: SessionRecord): Caller {
  const caller = callerOf(user);
  return {
    ...caller,
    accessKeyId: session.accessKeyId,
    identity: caller.identity && { ...caller.identity, session },
  };
}

function roleSession(role: RoleRecord, session: SessionRecord): Caller {
  const { accountId, name, roleId } = role;
  const sessionName = session.sessionName ?? '';
  return {
    accountId,
    accessKeyId: session.accessKeyId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${sessionName}`,
    userId: `${roleId}:${sessionName}`,
    identity: {
      type: 'AssumedRole',
      entityArn: roleArn(role),
      uniqueId: roleId,
      policies: role.policies,
      tags: { ...role.tags, ...session.tags },
      session,
    },
  };
}
