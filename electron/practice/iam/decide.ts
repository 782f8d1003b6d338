import type { Asked, Opinion, Policy } from './policy';

/** Why a request is refused: what denies it, or what would have to allow it and does not. */
export type Refusal =
  | { readonly kind: 'explicit'; readonly by: PolicyType }
  | { readonly kind: 'missing'; readonly from: PolicyType }
  /** The resource is another account's: its owner's reasons are not told. */
  | { readonly kind: 'elsewhere' };

export type PolicyType = 'identity-based policy' | 'resource-based policy' | 'session policy';

/** The policies that a request is held against. */
export interface Rules {
  /** The caller's own. */
  readonly identity: readonly Policy[];
  /** The one that the caller's temporary credentials were asked for with. */
  readonly session?: Policy | undefined;
  /** The one of the resource: a key policy, a role's trust policy. Absent: the resource has none. */
  readonly resource?: Policy | undefined;
  readonly resourceAccountId: string;
  /** Whether something else of the resource (a grant) allows the caller; asked only where it matters. */
  readonly granted?: (() => boolean) | undefined;
}

/**
 * Decides a request as AWS does for a resource that is ruled by its own policy: an explicit deny
 * anywhere wins; in one account the resource's policy (or a grant) allows by itself, or leaves it to
 * identity-based policies by naming the account; from another account both sides must allow.
 * Gives undefined where the request is allowed.
 * Sources: IAM user guide "Policy evaluation logic"; KMS developer guide "Troubleshooting key access".
 */
export function decide(asked: Asked, rules: Rules): Refusal | undefined {
  const identity = together(rules.identity.map((policy) => policy(asked)));
  const resource = rules.resource?.(asked);
  const session = rules.session?.(asked);
  if (identity.denies) return { kind: 'explicit', by: 'identity-based policy' };
  const elsewhere = asked.caller.accountId !== rules.resourceAccountId;
  if (resource?.denies) {
    return elsewhere ? { kind: 'elsewhere' } : { kind: 'explicit', by: 'resource-based policy' };
  }
  if (session?.denies) return { kind: 'explicit', by: 'session policy' };

  const byIdentity = identity.allows.size > 0;
  const bySession = session === undefined || session.allows.size > 0;
  if (!rules.resource) {
    if (!byIdentity) return missing('identity-based policy');
    return bySession ? undefined : missing('session policy');
  }
  const allows = resource?.allows ?? new Set();
  // A policy that names the session itself is not narrowed by the session's policy.
  const bySessionArn = allows.has('session');
  const direct = bySessionArn || allows.has('entity') || allows.has('anyone');
  const delegated = allows.has('account');

  if (elsewhere) {
    if (!direct && !delegated && !rules.granted?.()) return { kind: 'elsewhere' };
    if (!byIdentity) return missing('identity-based policy');
    return bySession ? undefined : missing('session policy');
  }
  if (bySessionArn) return undefined;
  if (direct || (delegated && byIdentity) || rules.granted?.()) {
    return bySession ? undefined : missing('session policy');
  }
  return missing(delegated ? 'identity-based policy' : 'resource-based policy');
}

function missing(from: PolicyType): Refusal {
  return { kind: 'missing', from };
}

function together(opinions: readonly Opinion[]): Opinion {
  return {
    denies: opinions.some(({ denies }) => denies),
    allows: new Set(opinions.flatMap(({ allows }) => [...allows])),
  };
}
