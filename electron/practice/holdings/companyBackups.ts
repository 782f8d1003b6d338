import { randomUUID } from 'node:crypto';
import type { KeyArnOf } from './companyHoldings';
import { vaultArn, type Holdings, type PlanRecord } from './holdings';

type Backups = Pick<Holdings, 'vaults' | 'plans'>;

/**
 * The company's backup vaults and plans: the databases of the first Region are copied to the second,
 * into vaults that nobody can unlock; the checkout's stay where they are, and can be deleted.
 */
export function companyBackups(parts: {
  readonly accountId: string;
  readonly home: string;
  readonly second: string;
  readonly third: string;
  readonly ago: (days: number) => number;
  readonly keyArn: KeyArnOf;
}): Readonly<Record<'home' | 'second' | 'third', Backups>> {
  const { accountId, home, second, third, ago, keyArn } = parts;
  const lock = { minRetentionDays: 35, date: ago(870) };
  return {
    home: {
      vaults: [
        {
          name: 'company-backups',
          keyArn: keyArn(home, 'prod/backups'),
          lock,
          recoveryPoints: 412,
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
    },
    second: {
      vaults: [
        {
          name: 'company-backup-copies',
          keyArn: keyArn(second, 'prod/dr-backups'),
          lock,
          recoveryPoints: 365,
          createdAt: ago(875),
        },
      ],
      plans: [],
    },
    third: {
      vaults: [
        {
          name: 'checkout-backups',
          keyArn: keyArn(third, 'prod/checkout'),
          recoveryPoints: 31,
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
