import type { CompanyRegions } from './company';
import { importMaterial, type EstateKey } from './story';

/** The keys that the company's production lives on. */
export function productionKeys({ home, second, third }: CompanyRegions): EstateKey[] {
  const production = (owner: string, more: Record<string, string> = {}) => ({
    Environment: 'production',
    Owner: owner,
    ...more,
  });
  const at = (daysAgo: number, operation: string, input = {}, region = home) => ({
    daysAgo,
    operation,
    input,
    region,
  });
  return [
    {
      region: home,
      daysAgo: 1400,
      description: 'Customer master data: names, addresses, identity documents',
      alias: 'alias/prod/customer-data',
      tags: production('platform-team', { DataClass: 'confidential' }),
      later: [at(1399, 'EnableKeyRotation')],
    },
    {
      region: home,
      daysAgo: 1310,
      description: 'Payment orders at rest',
      alias: 'alias/prod/payments',
      tags: production('payments-team', { DataClass: 'restricted' }),
      later: [
        at(1300, 'EnableKeyRotation'),
        at(700, 'EnableKeyRotation', { RotationPeriodInDays: 90 }),
        at(410, 'RotateKeyOnDemand'),
        at(55, 'RotateKeyOnDemand'),
      ],
    },
    {
      region: home,
      daysAgo: 1250,
      description: 'General ledger database',
      alias: 'alias/prod/ledger',
      tags: production('finance-team', { DataClass: 'restricted' }),
    },
    {
      region: home,
      daysAgo: 1100,
      description: 'Nightly backups of the production databases',
      alias: 'alias/prod/backups',
      tags: production('platform-team'),
      later: [at(1095, 'EnableKeyRotation'), at(500, 'DisableKeyRotation')],
    },
    {
      region: home,
      daysAgo: 820,
      description: 'Data lake, readable in both European Regions',
      alias: 'alias/prod/data-lake',
      tags: production('data-team'),
      create: { MultiRegion: true },
      later: [
        at(819, 'EnableKeyRotation', { RotationPeriodInDays: 180 }),
        at(818, 'ReplicateKey', {
          ReplicaRegion: second,
          Description: 'Data lake, replica for the second Region',
          Tags: [
            { TagKey: 'Environment', TagValue: 'production' },
            { TagKey: 'Owner', TagValue: 'data-team' },
          ],
        }),
        at(817, 'CreateAlias', { AliasName: 'alias/prod/data-lake', TargetKeyId: '{key}' }, second),
      ],
    },
    {
      region: home,
      daysAgo: 960,
      description: 'Audit log of the payment platform; rotated on demand after every audit',
      alias: 'alias/prod/audit-log',
      tags: production('security-team'),
      later: Array.from({ length: 23 }, (_, index) => at(930 - index * 40, 'RotateKeyOnDemand')),
    },
    {
      region: home,
      daysAgo: 610,
      description: 'Encrypted volumes of the production cluster',
      alias: 'alias/prod/volumes',
      tags: production('platform-team'),
      later: [
        at(609, 'EnableKeyRotation'),
        at(600, 'CreateGrant', {
          Name: 'cluster-autoscaling',
          GranteePrincipal:
            'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
          Operations: ['Encrypt', 'Decrypt', 'GenerateDataKeyWithoutPlaintext', 'CreateGrant'],
        }),
        at(420, 'CreateGrant', {
          Name: 'backup-restore-test',
          GranteePrincipal: 'arn:aws:iam::111122223333:role/backup-restore',
          RetiringPrincipal: 'arn:aws:iam::111122223333:role/security-operations',
          Operations: ['Decrypt', 'DescribeKey', 'RetireGrant'],
          Constraints: { EncryptionContextSubset: { purpose: 'restore-test' } },
        }),
      ],
    },
    {
      region: home,
      daysAgo: 1180,
      description: 'Exchange with the settlement partner; material from our own HSM',
      alias: 'alias/prod/partner-exchange',
      tags: production('security-team', { Origin: 'office-hsm' }),
      create: { Origin: 'EXTERNAL' },
      later: [
        at(1179, importMaterial, { KeyMaterialDescription: 'HSM ceremony 2023' }),
        at(330, importMaterial, {
          ImportType: 'NEW_KEY_MATERIAL',
          KeyMaterialDescription: 'HSM ceremony 2025',
        }),
        at(329, 'RotateKeyOnDemand'),
      ],
    },
    {
      region: home,
      daysAgo: 700,
      description: 'Bank gateway; imported material is renewed every year',
      alias: 'alias/prod/bank-gateway',
      tags: production('payments-team'),
      create: { Origin: 'EXTERNAL' },
      later: [at(340, importMaterial, { validDays: 360, KeyMaterialDescription: 'Bank gateway' })],
    },
    {
      region: home,
      daysAgo: 980,
      description: 'Signs releases of the merchant terminal firmware',
      alias: 'alias/prod/release-signing',
      tags: production('terminal-team'),
      create: { KeySpec: 'RSA_3072', KeyUsage: 'SIGN_VERIFY' },
    },
    {
      region: home,
      daysAgo: 300,
      description: 'Signs access tokens of the merchant portal',
      alias: 'alias/prod/token-signing-current',
      tags: production('identity-team'),
      create: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
      later: [
        at(290, 'UpdateAlias', { AliasName: 'alias/prod/token-signing', TargetKeyId: '{key}' }),
      ],
    },
    {
      region: home,
      daysAgo: 1150,
      description: 'Signed access tokens until the change of keys; kept to verify old ones',
      alias: 'alias/prod/token-signing',
      tags: production('identity-team'),
      create: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
      later: [at(250, 'DisableKey')],
    },
    {
      region: home,
      daysAgo: 540,
      description: 'Turns card numbers into tokens',
      alias: 'alias/prod/card-tokens',
      tags: production('payments-team', { DataClass: 'restricted' }),
      create: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
    },
    {
      region: home,
      daysAgo: 480,
      description: 'Signatures of webhooks to merchants',
      alias: 'alias/prod/webhook-signatures',
      tags: production('platform-team'),
      create: { KeySpec: 'HMAC_512', KeyUsage: 'GENERATE_VERIFY_MAC' },
    },
    {
      region: home,
      daysAgo: 450,
      description: 'Partners encrypt their files to us with its public key',
      alias: 'alias/prod/partner-inbox',
      tags: production('partner-team'),
      create: { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
    },
    {
      region: home,
      daysAgo: 160,
      description: 'Pairing of payment terminals',
      alias: 'alias/prod/terminal-pairing',
      tags: production('terminal-team'),
      create: { KeySpec: 'ECC_NIST_P384', KeyUsage: 'KEY_AGREEMENT' },
    },
    {
      region: third,
      daysAgo: 900,
      description: 'Customer master data of the American business',
      alias: 'alias/prod/customer-data',
      tags: production('platform-team', { DataClass: 'confidential' }),
      later: [at(899, 'EnableKeyRotation', {}, third)],
    },
    {
      region: third,
      daysAgo: 760,
      description: 'Checkout sessions',
      alias: 'alias/prod/checkout',
      tags: production('payments-team'),
    },
    {
      region: second,
      daysAgo: 880,
      description: 'Copies of the backups in the second Region',
      alias: 'alias/prod/dr-backups',
      tags: production('platform-team'),
      later: [at(870, 'EnableKeyRotation', { RotationPeriodInDays: 180 }, second)],
    },
  ];
}
