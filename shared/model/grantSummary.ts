import type { Grant, GrantSummary } from './key';

/**
 * Adds up the grants of a key: who outside the account holds one, and who may pass one on. AWS services
 * hold and pass on grants for what the account itself has them do, so they count as neither.
 */
export function summarizeGrants(grants: readonly Grant[], accountId: string): GrantSummary {
  const others = new Set<string>();
  const passing = new Set<string>();
  for (const { granteePrincipal = '', operations } of grants) {
    const account = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(granteePrincipal)?.[1];
    if (account !== undefined && account !== accountId) others.add(account);
    if (operations.includes('CreateGrant') && !isService(granteePrincipal)) {
      passing.add(granteePrincipal || 'somebody whom AWS does not name');
    }
  }
  return {
    count: grants.length,
    otherAccounts: [...others].toSorted(),
    passedOnBy: [...passing].toSorted(),
  };
}

/** A service's own principal, or the role that it has in the account. */
function isService(principal: string): boolean {
  return principal.endsWith('.amazonaws.com') || principal.includes(':role/aws-service-role/');
}
