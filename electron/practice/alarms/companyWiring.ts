import { randomUUID } from 'node:crypto';
import type { Wiring } from './wiring';

/** The log group that the company's trail sends its events to. */
export const companyLogGroup = 'company-cloudtrail';

/**
 * The company's alarms, in its first Region: the one for deleted keys reaches somebody, that for
 * failed calls goes to a mailbox that never confirmed, that for policies is muted. Throttling is
 * watched where it matters most. The portal's log group has no key, and keeps for ever.
 * @param keyArn of the key that encrypts the trail's log group
 */
export function companyWiring(
  accountId: string,
  region: string,
  createdAt: number,
  keyArn: string | undefined,
): Wiring {
  const topic = (name: string) => `arn:aws:sns:${region}:${accountId}:${name}`;
  const heard = topic('security-alerts');
  const unheard = topic('kms-failures');
  const namespace = 'CloudTrailMetrics';
  const alarm = (name: string, description: string) => ({
    name,
    description,
    arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`,
    namespace,
    threshold: 1,
    actionsEnabled: true,
    actions: [heard],
    createdAt,
  });
  const filter = (name: string, metric: string, pattern: string) => ({
    name,
    pattern,
    namespace,
    metric,
    createdAt,
  });
  return {
    logGroups: [
      {
        name: companyLogGroup,
        createdAt,
        retentionDays: 365,
        ...(keyArn !== undefined && { keyArn }),
        filters: [
          // The pattern of the CIS AWS Foundations Benchmark.
          filter(
            'kms-key-deletion',
            'KmsKeyDeletion',
            '{($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion))}',
          ),
          filter(
            'kms-decrypt-failures',
            'KmsDecryptFailures',
            '{ ($.eventSource = "kms.amazonaws.com") && ($.eventName = "Decrypt") && ($.errorCode = "*") }',
          ),
          filter(
            'kms-policy-changes',
            'KmsPolicyChanges',
            '{ ($.eventSource = "kms.amazonaws.com") && ($.eventName = "PutKeyPolicy") }',
          ),
        ],
      },
      { name: '/payments/portal', filters: [], createdAt },
    ],
    alarms: [
      {
        ...alarm('kms-key-deletion', 'A key is disabled or to be deleted.'),
        metric: 'KmsKeyDeletion',
      },
      {
        ...alarm('kms-decrypt-failures', 'Decrypt fails more than usual.'),
        metric: 'KmsDecryptFailures',
        threshold: 20,
        actions: [unheard],
      },
      {
        ...alarm('kms-policy-changes', 'A key policy changed. Muted for the migration.'),
        metric: 'KmsPolicyChanges',
        actionsEnabled: false,
      },
      {
        ...alarm('kms-symmetric-quota', 'Symmetric calls near the quota.'),
        namespace: 'AWS/Usage',
        metric: 'CallCount',
        dimensions: {
          Service: 'KMS',
          Type: 'API',
          Class: 'None',
          Resource: 'CryptographicOperationsSymmetric',
        },
        threshold: 960_000,
      },
    ],
    topics: [
      {
        arn: heard,
        subscriptions: [
          { id: randomUUID(), protocol: 'email', endpoint: 'security@payments.example' },
        ],
      },
      {
        arn: unheard,
        subscriptions: [{ protocol: 'email', endpoint: 'former.employee@payments.example' }],
      },
    ],
  };
}
