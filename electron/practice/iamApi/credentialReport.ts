import { userArn, type UserRecord } from '../iam/model';
import { keyMadeAt, madeAt, type IamView } from './view';

const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...['1', '2'].flatMap((number) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (name) => `access_key_${number}_${name}`,
    ),
  ),
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
] as const;

/**
 * The credential report as IAM writes it: CSV, the root user first. The practice account's users have
 * one access key each; its root user has a password, an MFA device and no key.
 * Source: IAM user guide, "Get credential reports for your AWS account".
 */
export function credentialReport({ users }: IamView, accountId: string): string {
  const oldest = Math.min(...users.map(madeAt));
  const noCertificates = ['false', 'N/A', 'false', 'N/A'];
  const noKey = ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const root = [
    '<root_account>',
    `arn:aws:iam::${accountId}:root`,
    date(oldest),
    'not_supported',
    'no_information',
    'not_supported',
    'not_supported',
    'true',
    ...noKey,
    ...noKey,
    ...noCertificates,
  ];
  const lines = users.map((user) => [
    user.name,
    userArn(user),
    date(madeAt(user)),
    ...passwordOf(user),
    String(user.mfaSeed !== undefined),
    'true',
    date(keyMadeAt(user)),
    ...(user.keyUsedAt === undefined
      ? ['N/A', 'N/A', 'N/A']
      : [date(user.keyUsedAt), 'eu-central-1', 'kms']),
    ...noKey,
    ...noCertificates,
  ]);
  return [columns, root, ...lines].map((line) => line.join(',')).join('\n');
}

/** Whether there is one, its last use, when it was set, and when it has to be changed. */
function passwordOf(user: UserRecord): string[] {
  if (!user.console) return ['false', 'N/A', 'N/A', 'N/A'];
  return ['true', 'no_information', date(madeAt(user)), 'N/A'];
}

/** To the second, with an offset. */
function date(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');
}
