import { idsOf } from '../cloudtrail/history/people';
import type { RoleRecord } from './model';

type Program = Pick<
  RoleRecord,
  'accountId' | 'name' | 'path' | 'roleId' | 'about' | 'trustPolicy' | 'policies' | 'tags'
>;

const symmetric = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];
const macs = ['kms:GenerateMac', 'kms:VerifyMac'];
const signing = ['kms:Sign', 'kms:GetPublicKey'];

/** What runs at the company: the role, what it is, whose it is, and what it does with which keys. */
const programs: readonly (readonly [
  string,
  string,
  string,
  readonly string[],
  readonly string[],
])[] = [
  ['customer-portal', "The merchants' portal.", 'platform-team', symmetric, ['prod/customer-data']],
  ['customer-portal-v2', 'The portal that is to follow.', 'platform-team', [], []],
  ['ledger-batch', 'Closes the books at night.', 'finance-team', symmetric, ['prod/ledger']],
  [
    'backup-service',
    'Nightly backups.',
    'platform-team',
    symmetric,
    ['prod/backups', 'prod/dr-backups'],
  ],
  [
    'data-pipeline',
    'Fills the data lake.',
    'data-team',
    symmetric,
    ['prod/data-lake', 'legacy/edi'],
  ],
  ['card-vault', 'Turns card numbers into tokens.', 'payments-team', macs, ['prod/card-tokens']],
  ['webhook-dispatcher', 'Signs webhooks.', 'platform-team', macs, ['prod/webhook-signatures']],
  ['token-service', 'Signs access tokens.', 'identity-team', signing, ['prod/token-signing*']],
  ['release-pipeline', 'Signs releases and links.', 'terminal-team', signing, ['prod/*']],
  [
    'checkout-api',
    'Checkout of the American business.',
    'payments-team',
    symmetric,
    ['prod/checkout'],
  ],
  [
    'legacy-portal',
    'The old portal; still tries to sign.',
    'web-team',
    signing,
    ['prod/token-signing*'],
  ],
  ['crm-sync', 'Reads customer relations of before 2024.', 'sales', symmetric, ['legacy/crm']],
];

/** The roles of the company's programs, under the ids that its history knows them by. */
export function companyPrograms(accountId: string): Program[] {
  const roleOf = (name: string, about: string, team: string, statements: object[], path = '/') => ({
    accountId,
    name,
    path,
    roleId: idsOf(accountId, 'role', name).uniqueId,
    about,
    trustPolicy: document({
      Effect: 'Allow',
      Principal: { Service: path === '/' ? 'ec2.amazonaws.com' : path.split('/')[2] },
      Action: 'sts:AssumeRole',
    }),
    policies: statements.length > 0 ? [document(...statements)] : [],
    tags: { team },
  });
  const look = allow(['kms:Describe*', 'kms:Get*', 'kms:List*'], '*');
  return [
    ...programs.map(([name, about, team, actions, aliases]) =>
      roleOf(
        name,
        about,
        team,
        actions.length > 0 ? [withAliases(accountId, actions, aliases)] : [],
      ),
    ),
    roleOf('security-audit', 'Looks at every key, every morning.', 'security-team', [look]),
    roleOf(
      'AWSServiceRoleForAutoScaling',
      'Starts machines, with a grant for their volumes.',
      'platform-team',
      [],
      '/aws-service-role/autoscaling.amazonaws.com/',
    ),
  ];
}

/** The roles of the large estate's teams: they use every key. */
export function teamRole(accountId: string, name: string): Program {
  return {
    accountId,
    name,
    path: '/',
    roleId: idsOf(accountId, 'role', name).uniqueId,
    about: 'A team of the large estate: uses the keys.',
    trustPolicy: document({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'sts:AssumeRole',
    }),
    policies: [document(allow(symmetric, '*'))],
    tags: { team: name },
  };
}

function withAliases(accountId: string, actions: readonly string[], aliases: readonly string[]) {
  return {
    ...allow(actions, `arn:aws:kms:*:${accountId}:key/*`),
    Condition: {
      'ForAnyValue:StringLike': { 'kms:ResourceAliases': aliases.map((name) => `alias/${name}`) },
    },
  };
}

function allow(actions: readonly string[], resource: string) {
  return { Effect: 'Allow', Action: actions, Resource: resource };
}

function document(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
