import { dayMs } from '../cloudtrail/clockwork';
import { idsOf } from '../cloudtrail/history/people';
import type { Directory } from './directory';
import { companyPrograms } from './companyPrograms';
import { newRole, newUser, partnerAccountId } from './identities';
import { administratorAccess, userArn } from './model';

const policy = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (
  action: string | string[],
  resource: string | string[] = '*',
  condition?: object,
) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...(condition && { Condition: condition }),
});
const trust = (principal: string, condition?: object) =>
  policy({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    ...(condition && { Condition: condition }),
  });

const look = ['kms:Describe*', 'kms:Get*', 'kms:List*'];
const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];

/**
 * The people and programs of the payment company, and of the analytics company that it works with.
 * Whoever stands in the company's history is here under the same ids, but for a contractor who has left.
 */
export function seedCompanyIdentities(directory: Directory, accountId: string, now: number): void {
  const ago = (days: number) => now - days * dayMs;
  const anyone = `arn:aws:iam::${accountId}:root`;
  const roleOf = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
  const onCall = { accountId, name: 'dora-oncall' };
  const idsOfUser = (name: string) => {
    const { uniqueId, accessKeyId } = idsOf(accountId, 'user', name);
    return { userId: uniqueId, accessKeyId };
  };
  directory.putUser(
    newUser({
      accountId,
      name: 'alice-admin',
      ids: idsOfUser('alice-admin'),
      about: 'Administers the account; has an MFA device.',
      policies: [administratorAccess],
      tags: { team: 'platform' },
      mfa: true,
      console: true,
      createdAt: ago(1430),
      keyMadeAt: ago(40),
      keyUsedAt: ago(1),
    }),
  );
  directory.putUser(
    newUser({
      accountId,
      name: 'bruno-auditor',
      ids: idsOfUser('bruno-auditor'),
      about: 'Audits: may look at every key and use none.',
      policies: [policy(allow(look))],
      tags: { team: 'audit' },
      createdAt: ago(1200),
      keyMadeAt: ago(400),
      keyUsedAt: ago(9),
    }),
  );
  directory.putUser(
    newUser({
      accountId,
      name: 'carla-developer',
      about: 'Develops, and may do far too much: kms:* on every key.',
      policies: [policy(allow('kms:*'), allow('sts:AssumeRole', roleOf('payments-app')))],
      tags: { team: 'web-team' },
      console: true,
      createdAt: ago(720),
      keyMadeAt: ago(720),
      keyUsedAt: ago(2),
    }),
  );
  directory.putUser(
    newUser({
      ...onCall,
      about: 'On call: may look at keys, and take the role break-glass with an MFA code.',
      policies: [policy(allow(look), allow('sts:AssumeRole', roleOf('break-glass')))],
      tags: { team: 'platform' },
      mfa: true,
      createdAt: ago(500),
      keyMadeAt: ago(75),
      keyUsedAt: ago(20),
    }),
  );
  directory.putRole(
    newRole({
      accountId,
      name: 'payments-app',
      roleId: idsOf(accountId, 'role', 'payments-app').uniqueId,
      about: 'The payment platform: uses the keys under alias/prod/payments.',
      trustPolicy: trust(anyone),
      policies: [
        policy(
          allow([...use, 'kms:DescribeKey'], `arn:aws:kms:*:${accountId}:key/*`, {
            'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/prod/payments' },
          }),
        ),
      ],
      tags: { team: 'payments-team' },
      maxSessionSeconds: 43_200,
      createdAt: ago(1310),
      lastUsedAt: ago(0.1),
    }),
  );
  directory.putRole(
    newRole({
      accountId,
      name: 'break-glass',
      about: 'For emergencies; only with an MFA code that is not older than an hour.',
      trustPolicy: trust(userArn(onCall), {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
      }),
      policies: [policy(allow('kms:*'))],
      createdAt: ago(500),
    }),
  );
  directory.putRole(
    newRole({
      accountId,
      name: 'support-console',
      about: 'Support: reads what customers send, and may decrypt with every key of the account.',
      trustPolicy: trust(anyone),
      policies: [policy(allow(['kms:Decrypt', 'kms:DescribeKey']))],
      tags: { team: 'support' },
      createdAt: ago(340),
    }),
  );
  for (const [name, about] of [
    ['board-secretary', 'Reads the papers of the board.'],
    ['backup-restore', 'Restores backups; has a grant for its tests.'],
    ['security-operations', 'Retires grants.'],
  ] as const) {
    directory.putRole(
      newRole({
        accountId,
        name,
        about,
        trustPolicy: trust(anyone),
        policies: [policy(allow('kms:RetireGrant'))],
        createdAt: ago(900),
      }),
    );
  }
  for (const program of companyPrograms(accountId)) {
    directory.putRole(newRole({ ...program, createdAt: ago(1000), lastUsedAt: ago(0.1) }));
  }
  directory.putUser(
    newUser({
      accountId: partnerAccountId,
      name: 'nora-analyst',
      about: 'Of the analytics company: may read what other accounts share.',
      policies: [
        policy(allow(['kms:Decrypt', 'kms:DescribeKey'], `arn:aws:kms:*:${accountId}:key/*`)),
      ],
    }),
  );
}
