/**
 * The permissions that the key inventory and a key's details need, all of them read-only. Who lacks one
 * sees "cannot tell" in its place. STS GetCallerIdentity needs no permission.
 */
export const inventoryPermissions = [
  'kms:ListKeys',
  'kms:ListAliases',
  'kms:DescribeKey',
  'kms:GetKeyRotationStatus',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:GetKeyPolicy',
  'kms:ListGrants',
  'kms:GetKeyLastUsage',
] as const;

/** An IAM policy that allows exactly these permissions, as JSON text to paste into IAM. */
export function iamPolicyText(permissions: readonly string[]): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ClavigerReadsKeys', Effect: 'Allow', Action: [...permissions], Resource: '*' },
    ],
  };
  return JSON.stringify(policy, null, 2);
}
