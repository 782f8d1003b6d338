import type { PolicySummary } from './key';
import { principalRoles } from './keyPolicyRoles';
import {
  accountOf,
  coversAllActions,
  isRoot,
  reachesAction,
  readStatements,
  type PolicyStatement,
} from './keyPolicyStatements';
import { accountsIn, leftBy, narrowedWithoutAccount, narrowsPrincipals } from './policyCondition';

/**
 * Reads a key policy's text for what it grants beyond the key's own account: statements open to
 * everybody, other accounts, and whether the account's root can still repair it. IAM policies and
 * grants are not part of it. Throws AppError `bad-response` where the text is no policy.
 */
export function summarizeKeyPolicy(text: string, accountId: string): PolicySummary {
  const statements = readStatements(text);
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  const open = allows.filter((allow) => allow.everybody && !narrowsPrincipals(allow.conditions));
  const [guard] = denies
    .filter((deny) => deny.everybody && coversAllActions(deny))
    .flatMap((deny) => leftBy(deny.conditions) ?? []);
  // What stands open is open to those whom the Deny leaves in.
  const guarded = open.length > 0 && guard ? [guard] : [];
  const narrowed = allows.filter(({ everybody }) => everybody).map(({ conditions }) => conditions);
  return {
    publicStatements: guard ? [] : open.map(({ name }) => name),
    otherAccounts: unique([...allows.flatMap(accountsOf), ...accountsIn(guarded)]).filter(
      (account) => account !== accountId,
    ),
    narrowedBy: unique([...narrowed, guarded].flatMap(narrowedWithoutAccount)),
    rootHasFullAccess:
      allows.some((allow) => grantsRoot(allow, accountId)) &&
      !denies.some((deny) => locksOutRoot(deny, accountId)),
    ...principalRoles(allows, accountId),
    namesContext: statements.some(namesContext),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}

/** `kms:EncryptionContext:NAME` and `kms:EncryptionContextKeys` (KMS Developer Guide, condition keys). */
function namesContext({ conditions }: PolicyStatement): boolean {
  return conditions.some(({ key }) => /^kms:encryptioncontext(:.+|keys)$/i.test(key));
}

/** Accounts that a statement lets in: named as principals, or by the conditions that narrow `*`. */
function accountsOf(statement: PolicyStatement): string[] {
  const named = statement.excludes
    ? []
    : statement.aws.flatMap((principal) => accountOf(principal) ?? []);
  return statement.everybody ? [...named, ...accountsIn(statement.conditions)] : named;
}

function grantsRoot(allow: PolicyStatement, accountId: string): boolean {
  const reaches = allow.excludes
    ? !allow.aws.some((principal) => isRoot(principal, accountId))
    : allow.aws.some((principal) => principal === '*' || isRoot(principal, accountId));
  return reaches && allow.conditions.length === 0 && coversAllActions(allow);
}

/** An unconditional Deny that keeps the account's root from changing the policy back. */
function locksOutRoot(deny: PolicyStatement, accountId: string): boolean {
  const named = deny.aws.some((principal) => principal === '*' || isRoot(principal, accountId));
  return (
    named !== deny.excludes &&
    deny.conditions.length === 0 &&
    reachesAction(deny, 'kms:PutKeyPolicy')
  );
}
