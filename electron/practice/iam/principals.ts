import type { Caller } from '../sigv4/verify';

/**
 * How a policy's principal means a caller: by the session's own ARN, by the user or role, everybody,
 * or only by the account, which leaves it to the account's identity-based policies.
 */
export type Meant = 'session' | 'entity' | 'anyone' | 'account';

export type PrincipalTest = (caller: Caller) => Meant | undefined;

/** Compiles a statement's `Principal` (or what `NotPrincipal` lists). */
export function compilePrincipal(principal: unknown): PrincipalTest {
  const names = namesOf(principal);
  if (names.has('*')) return () => 'anyone';
  return (caller) => {
    const { identity } = caller;
    if (identity?.type === 'AssumedRole' && names.has(caller.arn)) return 'session';
    if (identity && (names.has(identity.entityArn) || names.has(identity.uniqueId))) {
      return 'entity';
    }
    const { accountId } = caller;
    return names.has(accountId) || names.has(`arn:aws:iam::${accountId}:root`)
      ? 'account'
      : undefined;
  };
}

/** The AWS principals that a policy element names; services and federations never call here. */
function namesOf(principal: unknown): ReadonlySet<string> {
  if (principal === '*') return new Set('*');
  const given: unknown = (principal as { AWS?: unknown } | undefined | null)?.AWS;
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return new Set(list.filter((one) => typeof one === 'string'));
}
