import { randomUUID } from 'node:crypto';
import type { KeyArnOf } from './companyHoldings';
import { vaultArn, type BackedUpRecord, type Holdings, type PlanRecord } from './holdings';

type Backups = Pick<Holdings, 'vaults' | 'plans' | 'backedUp'>;

/**
 * The company's backup vaults and plans: the databases of the first Region are copied to the second,
 * into vaults that nobody can unlock; the checkout's stay where they are, and can be deleted. One
 * database's backups are as little encrypted as it is, and one table was left out of its plan.
 */
export function companyBackups(parts: {
  readonly accountId: string;
  readonly home: string;
  readonly second: string;
  readonly third: string;
  readonly ago: (days: number) => number;
  readonly keyArn: KeyArnOf;
  /** The id of the volume that is backed up. */
  readonly ledgerVolume: string;
}): Readonly<Record<'home' | 'second' | 'third', Backups>> {
  const { accountId, home, second, third, ago, keyArn, ledgerVolume } = parts;
  const arn = (service: string, region: string, rest: string) =>
    `arn:aws:${service}:${region}:${accountId}:${rest}`;
  const own = (alias: string) => ({ keyArn: keyArn(home, alias) });
  const since = { startedAt: ago(1090) };
  const inHome: Omit<BackedUpRecord, 'vault' | 'everyHours' | 'keepDays'>[] = [
    {
      arn: arn('rds', home, 'cluster:payments'),
      type: 'Aurora',
      ...own('prod/payments'),
      startedAt: ago(900),
    },
    { arn: arn('rds', home, 'db:ledger'), type: 'RDS', ...own('prod/ledger'), ...since },
    { arn: arn('rds', home, 'db:reporting'), type: 'RDS', ...since },
    {
      arn: arn('ec2', home, `volume/${ledgerVolume}`),
      type: 'EBS',
      ...own('prod/volumes'),
      startedAt: ago(410),
    },
  ];
  const daily = { everyHours: 24 } as const;
  const checkout = {
    ...daily,
    vault: 'checkout-backups',
    keepDays: 31,
    startedAt: ago(430),
    keyArn: keyArn(third, 'prod/checkout'),
  };
  const lock = { minRetentionDays: 35, date: ago(870) };
  return {
    home: {
      vaults: [
        {
          name: 'company-backups',
          keyArn: keyArn(home, 'prod/backups'),
          lock,
          createdAt: ago(1090),
        },
      ],
      plans: [
        {
          id: randomUUID(),
          version: randomUUID(),
          name: 'company-databases',
          rules: [
            rule('hourly', 'company-backups', 'cron(0 * ? * * *)', 35),
            // One rule is enough to copy what the plan backs up.
            rule('daily', 'company-backups', 'cron(0 1 ? * * *)', 365, [
              vaultArn(accountId, second, 'company-backup-copies'),
            ]),
          ],
          selections: [selection('databases'), selection('volumes')],
          createdAt: ago(1090),
          ranAt: ago(0.05),
        },
      ],
      backedUp: inHome.flatMap((one) => [
        { ...one, vault: 'company-backups', everyHours: 1, keepDays: 35 },
        { ...one, vault: 'company-backups', ...daily, keepDays: 365 },
      ]),
    },
    second: {
      vaults: [
        {
          name: 'company-backup-copies',
          keyArn: keyArn(second, 'prod/dr-backups'),
          lock,
          createdAt: ago(875),
        },
      ],
      plans: [],
      backedUp: inHome.map((one) => ({
        ...one,
        ...daily,
        vault: 'company-backup-copies',
        keepDays: 365,
        copyOf: vaultArn(accountId, home, 'company-backups'),
        // A copy is under the key of the vault that it goes to.
        keyArn: keyArn(second, 'prod/dr-backups'),
        startedAt: ago(875),
      })),
    },
    third: {
      vaults: [
        {
          name: 'checkout-backups',
          keyArn: keyArn(third, 'prod/checkout'),
          createdAt: ago(430),
        },
      ],
      plans: [
        {
          id: randomUUID(),
          version: randomUUID(),
          name: 'checkout-daily',
          rules: [rule('daily', 'checkout-backups', 'cron(0 3 ? * * *)', 31)],
          selections: [selection('checkout')],
          createdAt: ago(430),
          ranAt: ago(0.5),
        },
      ],
      backedUp: [
        { arn: arn('rds', third, 'db:checkout'), type: 'RDS', ...checkout },
        {
          arn: arn('dynamodb', third, 'table/checkout-carts'),
          type: 'DynamoDB',
          ...checkout,
          stoppedAt: ago(20),
        },
      ],
    },
  };
}

function rule(
  name: string,
  vault: string,
  schedule: string,
  keepDays: number,
  copies: readonly string[] = [],
): PlanRecord['rules'][number] {
  return { id: randomUUID(), name, vault, schedule, keepDays, copies };
}

function selection(name: string): PlanRecord['selections'][number] {
  return { id: randomUUID(), name };
}
