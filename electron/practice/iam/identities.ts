import { randomBytes } from 'node:crypto';
import { operatorOf } from '../account/account';
import { randomCredentials, randomId, type Credentials } from '../account/credentials';
import type { Directory } from './directory';
import {
  administratorAccess,
  mfaArn,
  roleArn,
  userArn,
  type RoleRecord,
  type UserRecord,
} from './model';
import { mfaCode, mfaStep, toBase32 } from './totp';

/** The account that is not ours: for keys that are shared with another company. */
export const partnerAccountId = '444455556666';

/**
 * Makes sure that every account has who runs it: in the practice account whoever holds its access
 * key, in the partner's account a user with all permissions there.
 * @param now the account's time, milliseconds since 1970
 */
export function openIdentities(
  directory: Directory,
  accountId: string,
  credentials: Credentials,
  now: number,
): void {
  const { userId, identity, arn } = operatorOf(accountId, credentials.accessKeyId);
  directory.putUser({
    accountId,
    name: identity?.userName ?? '',
    userId,
    about: 'Whoever holds the access key of the practice account; may do everything.',
    policies: [administratorAccess],
    tags: {},
    ...credentials,
    createdAt: directory.findUser(arn)?.createdAt ?? now,
  });
  const partner = { accountId: partnerAccountId, name: 'partner-operator' };
  if (directory.findUser(userArn(partner))) return;
  directory.putUser(
    newUser({
      ...partner,
      about: 'Runs the second account; may do everything there.',
      policies: [administratorAccess],
    }),
  );
}

/** A user with a new access key, and with an MFA device if asked for. */
export function newUser({
  mfa = false,
  ids,
  ...user
}: Pick<UserRecord, 'accountId' | 'name' | 'about' | 'policies'> &
  Partial<Pick<UserRecord, 'tags' | 'createdAt' | 'keyMadeAt' | 'keyUsedAt' | 'console'>> & {
    readonly mfa?: boolean;
    /** Absent: random ones. */
    readonly ids?: Pick<UserRecord, 'userId' | 'accessKeyId'>;
  }): UserRecord {
  return {
    tags: {},
    ...user,
    userId: randomId('AIDA', 17),
    ...randomCredentials(),
    ...ids,
    ...(mfa && { mfaSeed: toBase32(randomBytes(20)) }),
  };
}

export function newRole(
  role: Pick<RoleRecord, 'accountId' | 'name' | 'about' | 'trustPolicy' | 'policies'> &
    Partial<RoleRecord>,
): RoleRecord {
  return {
    path: '/',
    tags: {},
    maxSessionSeconds: 3600,
    roleId: randomId('AROA', 17),
    ...role,
  };
}

/** All users with their access keys and present MFA codes, and all roles, as `/_practice/identities` shows them. */
export function shownIdentities(directory: Directory, now: number): object {
  return {
    users: directory.users().map((user) => ({
      accountId: user.accountId,
      arn: userArn(user),
      about: user.about,
      accessKeyId: user.accessKeyId,
      secretAccessKey: user.secretAccessKey,
      tags: user.tags,
      policies: user.policies.map((text): unknown => JSON.parse(text)),
      ...(user.mfaSeed !== undefined && {
        mfa: {
          serialNumber: mfaArn(user),
          seed: user.mfaSeed,
          code: mfaCode(user.mfaSeed, mfaStep(now)),
        },
      }),
    })),
    roles: directory.roles().map((role) => ({
      accountId: role.accountId,
      arn: roleArn(role),
      about: role.about,
      tags: role.tags,
      maxSessionSeconds: role.maxSessionSeconds,
      trustPolicy: JSON.parse(role.trustPolicy) as unknown,
      policies: role.policies.map((text): unknown => JSON.parse(text)),
    })),
  };
}
