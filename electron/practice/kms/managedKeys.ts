import { AwsError } from '../protocol/awsError';
import type { KmsContext } from './context';
import { keyArn, type KeyRecord } from './model';
import { formatPolicy } from './policy';

/**
 * An AWS managed key's policy lets the account's users look at the key; use and change of it are the
 * service's own.
 * @throws AwsError AccessDeniedException
 */
export function requireManagedAccess(context: KmsContext, key: KeyRecord): void {
  if (/^(Describe|Get|List)/.test(context.operation) && context.operation !== 'GetPublicKey')
    return;
  const action = `kms:${context.operation}`;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${context.caller.arn} is not authorized to perform: ${action} on resource: ${keyArn(key)} because no resource-based policy allows the ${action} action`,
  );
}

/** The policy that AWS gives the managed key of a service, as GetKeyPolicy shows it. */
export function managedKeyPolicy(accountId: string, region: string, service: string): string {
  return formatPolicy({
    Version: '2012-10-17',
    Id: `auto-${service}-2`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': accountId,
            'kms:ViaService': `${service}.${region}.amazonaws.com`,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  });
}
