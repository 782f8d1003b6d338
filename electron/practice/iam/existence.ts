import type { Directory } from './directory';

/** The AWS principals that a policy's statement names. */
export function principalNames(statement: object): readonly string[] {
  const { Principal: wanted, NotPrincipal: excepted } = statement as Record<string, unknown>;
  const given = ((wanted ?? excepted) as { AWS?: unknown } | undefined)?.AWS;
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.filter((one) => typeof one === 'string');
}

/**
 * Whether a principal exists. Users and roles are known of the accounts here alone; for others, and
 * for the roles of AWS's services, the form is all that can be checked.
 */
export function exists(directory: Directory, principal: string): boolean {
  const [, accountId, kind, rest] =
    /^arn:aws:(?:iam|sts)::(\d{12}):(user|role|assumed-role)\/(.+)$/.exec(principal) ?? [];
  if (!accountId || !rest || !directory.hasAccount(accountId)) return true;
  if (kind === 'user') return directory.findUser(principal) !== undefined;
  if (kind === 'role') {
    return rest.startsWith('aws-service-role/') || directory.findRole(principal) !== undefined;
  }
  const [role] = rest.split('/');
  return directory
    .roles()
    .some(({ accountId: owner, name }) => owner === accountId && name === role);
}
