import type { KmsContext } from '../../kms/context';
import type { GrantConstraints, GrantRecord, KeyRecord } from '../../kms/model';
import type { Caller } from '../../sigv4/verify';
import { encryptionContextOf } from './conditionKeys';

/** Operations that a grant's constraints on the encryption context do not apply to. */
const unconstrained = new Set(['DescribeKey', 'RetireGrant', 'GetPublicKey']);

/**
 * Whether a grant of the key allows a request: the caller is the grantee, the grant names the operation
 * and the encryption context fits its constraints. A grant works as soon as it is made; AWS may take
 * minutes for it, or a grant token.
 */
export function isGranted(context: KmsContext, key: KeyRecord): boolean {
  const ring = context.ringOf(key.accountId);
  return namesOf(context.caller)
    .flatMap((name) => ring?.grantsTo(key, name) ?? [])
    .some((grant) => grant.operations.includes(context.action) && fitsConstraints(context, grant));
}

/** Whether a grant's principal is the caller. */
export function meansCaller(principal: string | undefined, caller: Caller): boolean {
  return principal !== undefined && namesOf(caller).includes(principal);
}

/** The principals of a grant that mean a caller: itself, its role, its whole account. */
function namesOf(caller: Caller): string[] {
  const entity = caller.identity?.entityArn ?? caller.arn;
  const account = `arn:aws:iam::${caller.accountId}:root`;
  return entity === caller.arn ? [entity, account] : [caller.arn, entity, account];
}

function fitsConstraints(context: KmsContext, grant: GrantRecord): boolean {
  // No service asks here on behalf of a resource.
  if (grant.constraints?.SourceArn !== undefined) return false;
  if (context.action === 'CreateGrant') return isNoWider(context, grant);
  if (!grant.constraints || unconstrained.has(context.action)) return true;
  return satisfies(encryptionContextOf(context) ?? {}, grant.constraints);
}

type Pairs = Readonly<Record<string, string>>;

function satisfies(given: Pairs, constraints: GrantConstraints): boolean {
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equal } = constraints;
  return (
    (subset === undefined || includes(given, subset)) &&
    (equal === undefined || (includes(given, equal) && includes(equal, given)))
  );
}

/** A grant made by virtue of a grant gives nothing that its maker does not have. */
function isNoWider({ input }: KmsContext, parent: GrantRecord): boolean {
  const operations = (input.Operations ?? []) as readonly string[];
  if (!operations.every((one) => parent.operations.includes(one))) return false;
  if (!parent.constraints) return true;
  const own = (input.Constraints ?? {}) as GrantConstraints;
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equal } = parent.constraints;
  const bound = own.EncryptionContextEquals ?? own.EncryptionContextSubset;
  if (!bound) return false;
  return equal
    ? own.EncryptionContextEquals !== undefined &&
        satisfies(bound, { EncryptionContextEquals: equal })
    : includes(bound, subset ?? {});
}

function includes(pairs: Pairs, wanted: Pairs): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => Object.hasOwn(pairs, name) && pairs[name] === value,
  );
}
