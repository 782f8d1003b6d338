/** An IAM policy that grants exactly the missing permissions, as JSON text to copy. */
export function policySnippet(permissions: readonly string[]): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ClavigerReadsKeys', Effect: 'Allow', Action: [...permissions], Resource: '*' },
    ],
  };
  return JSON.stringify(policy, null, 2);
}

/** What the inventory and the drawer need at the least; each is read-only. */
export const inventoryPermissions = [
  'kms:ListKeys',
  'kms:ListAliases',
  'kms:DescribeKey',
  'kms:GetKeyRotationStatus',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:GetKeyPolicy',
  'kms:ListGrants',
] as const;
