import type { UserIdentity } from './event';
import { isoSeconds } from './event';

/** Who called, as far as an event tells it; the authentication's caller has all of it. */
export interface EventCaller {
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly arn: string;
  readonly userId: string;
  readonly identity?:
    | {
        /** The user's or the role's own ARN, with its path. */
        readonly entityArn: string;
        readonly uniqueId: string;
        readonly session?: Session | undefined;
      }
    | undefined;
}

interface Session {
  readonly issuedAt: number;
  readonly mfaAt?: number | undefined;
}

/** The `userIdentity` of an IAM user, an assumed role, or the account's root. */
export function userIdentity(caller: EventCaller): UserIdentity {
  const { accountId, accessKeyId, arn, userId, identity } = caller;
  const [kind = '', ...path] = (arn.split(':')[5] ?? '').split('/');
  const common = { principalId: userId, arn, accountId, accessKeyId };
  const session = identity?.session;
  if (kind === 'root') return { type: 'Root', ...common };
  if (kind === 'assumed-role') {
    const role = path[0] ?? '';
    return {
      type: 'AssumedRole',
      ...common,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: identity?.uniqueId ?? userId.split(':')[0],
          arn: identity?.entityArn ?? `arn:aws:iam::${accountId}:role/${role}`,
          accountId,
          userName: role,
        },
        ...(session && { attributes: attributes(session) }),
      },
    };
  }
  return {
    type: 'IAMUser',
    ...common,
    userName: path.at(-1) ?? '',
    ...(session && { sessionContext: { attributes: attributes(session) } }),
  };
}

/** The name that LookupEvents knows a caller by: the user's, or the session's of a role. */
export function userNameOf(identity: UserIdentity): string | undefined {
  if (identity.type === 'AssumedRole') return identity.arn?.split('/').at(-1);
  return identity.type === 'Root' ? 'root' : identity.userName;
}

function attributes({ issuedAt, mfaAt }: Session) {
  return {
    creationDate: isoSeconds(issuedAt),
    mfaAuthenticated: String(mfaAt !== undefined),
  };
}
