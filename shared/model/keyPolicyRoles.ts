import type { PolicySummary } from './key';
import {
  coversAllActions,
  isRoot,
  reachesAction,
  type PolicyStatement,
} from './keyPolicyStatements';

/** Each of these lets somebody decide who uses the key, or end it. */
const administration = [
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:DisableKey',
  'kms:DeleteImportedKeyMaterial',
];
/** Each of these gives what the key protects, or acts in its name. */
const use = [
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:Sign',
  'kms:GenerateMac',
  'kms:DeriveSharedSecret',
];

/**
 * Which principals beside the account's root a key policy gives everything, and which both
 * administration and use; conditions and Deny statements are not weighed, as they may be met or not.
 */
export function principalRoles(
  allows: readonly PolicyStatement[],
  accountId: string,
): Pick<PolicySummary, 'fullAccess' | 'adminAndUse'> {
  const full = new Set<string>();
  const admins = new Set<string>();
  const users = new Set<string>();
  for (const allow of allows) {
    for (const principal of reached(allow)) {
      if (isRoot(principal, accountId)) continue;
      if (coversAllActions(allow)) full.add(principal);
      if (administration.some((action) => reachesAction(allow, action))) admins.add(principal);
      if (use.some((action) => reachesAction(allow, action))) users.add(principal);
    }
  }
  return {
    fullAccess: [...full].toSorted(),
    adminAndUse: [...admins].filter((principal) => users.has(principal)).toSorted(),
  };
}

/** Whom a statement is for, of any type; NotPrincipal is for everybody else. */
function reached({ excludes, principals }: PolicyStatement): readonly string[] {
  return excludes ? [`everybody but ${principals.join(', ')}`] : principals;
}
