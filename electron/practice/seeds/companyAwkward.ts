import { practiceAccountId } from '../account/account';
import type { CompanyRegions } from './company';
import { importMaterial, type EstateKey } from './story';

const root = {
  Sid: 'Enable IAM User Permissions',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${practiceAccountId}:root` },
  Action: 'kms:*',
  Resource: '*',
};
const policy = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** The keys that need an officer: open policies, lost material, deletions that run. */
export function awkwardKeys({ home, second, third }: CompanyRegions): EstateKey[] {
  const production = (owner: string) => ({ Environment: 'production', Owner: owner });
  const at = (daysAgo: number, operation: string, input = {}, region = home) => ({
    daysAgo,
    operation,
    input,
    region,
  });
  return [
    {
      region: home,
      daysAgo: 350,
      description: 'Reports for merchants',
      alias: 'alias/prod/reports-export',
      tags: production('data-team'),
      create: {
        Policy: policy(root, {
          Sid: 'Temporary, remove after the migration',
          Effect: 'Allow',
          Principal: '*',
          Action: ['kms:Decrypt', 'kms:DescribeKey'],
          Resource: '*',
        }),
      },
      later: [at(349, 'EnableKeyRotation')],
    },
    {
      region: home,
      daysAgo: 470,
      description: 'Figures shared with the analytics company',
      alias: 'alias/prod/analytics-share',
      tags: production('data-team'),
      create: {
        Policy: policy(root, {
          Sid: 'Analytics company reads',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::444455556666:root' },
          Action: ['kms:Decrypt', 'kms:DescribeKey'],
          Resource: '*',
        }),
      },
      later: [at(469, 'EnableKeyRotation')],
    },
    {
      region: home,
      daysAgo: 690,
      description: 'Papers of the board; only the secretary may',
      alias: 'alias/office/board-papers',
      tags: { Environment: 'office', Owner: 'board-office' },
      create: {
        BypassPolicyLockoutSafetyCheck: true,
        Policy: policy(
          {
            Sid: 'The secretary alone',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${practiceAccountId}:role/board-secretary` },
            Action: 'kms:*',
            Resource: '*',
          },
          {
            Sid: 'The security officer may look',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${practiceAccountId}:user/practice-operator` },
            Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:CreateAlias'],
            Resource: '*',
          },
        ),
      },
    },
    {
      region: home,
      daysAgo: 1130,
      description: 'Archive of 2022; disabled after the move to the data lake',
      alias: 'alias/archive/2022',
      tags: production('data-team'),
      later: [at(1129, 'EnableKeyRotation'), at(420, 'DisableKey')],
    },
    {
      region: home,
      daysAgo: 990,
      description: 'Data exchange of the old wholesale business',
      alias: 'alias/legacy/edi',
      tags: production('partner-team'),
      create: { Origin: 'EXTERNAL' },
      later: [at(395, importMaterial, { validDays: 365 })],
    },
    {
      region: home,
      daysAgo: 1280,
      description: 'Customer relations before 2024',
      alias: 'alias/legacy/crm',
      tags: { Environment: 'retired', Owner: 'sales' },
      later: [
        at(1275, 'EnableKeyRotation'),
        at(20, 'ScheduleKeyDeletion', { PendingWindowInDays: 30 }),
      ],
    },
    {
      region: home,
      daysAgo: 62,
      description: 'Used once, to move the ledger',
      alias: 'alias/tmp/ledger-migration',
      later: [at(2, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 })],
    },
    {
      region: home,
      daysAgo: 870,
      description: 'Sessions of the old portal, in three Regions',
      alias: 'alias/legacy/sessions',
      tags: { Environment: 'retired', Owner: 'web-team' },
      create: { MultiRegion: true },
      later: [
        at(869, 'EnableKeyRotation'),
        at(868, 'ReplicateKey', { ReplicaRegion: second, Description: 'Sessions, second Region' }),
        at(868, 'ReplicateKey', { ReplicaRegion: third, Description: 'Sessions, third Region' }),
        at(15, 'ScheduleKeyDeletion', { PendingWindowInDays: 14 }),
        at(14, 'ScheduleKeyDeletion', { PendingWindowInDays: 30 }, third),
      ],
    },
  ];
}
