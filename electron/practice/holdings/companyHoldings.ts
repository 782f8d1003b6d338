import { randomBytes, randomUUID } from 'node:crypto';
import type { Account } from '../account/account';
import { randomId } from '../account/credentials';
import { dayMs } from '../cloudtrail/clockwork';
import { serverCertificatesOf } from '../iamApi/view';
import type { Kms } from '../kms/index';
import { companyBackups } from './companyBackups';
import { companyBuckets } from './companyBuckets';
import { companyCertificates } from './companyCertificates';
import {
  holdingsOf,
  nothing,
  type DatabaseRecord,
  type Holdings,
  type VolumeRecord,
} from './holdings';

/** Finds the ARN of the key that an alias of a Region names. */
export type KeyArnOf = (region: string, alias: string) => string;

/**
 * What the payment company keeps beside its keys: mostly well kept, with the faults that
 * docs/practice-account.md lists.
 */
export function seedCompanyHoldings(account: Account, kms: Kms, regions: readonly string[]): void {
  const [home = 'eu-central-1', second = home, third = home] = regions;
  const now = account.clock.now();
  const ago = (days: number) => now - days * dayMs;
  const { state, accountId } = account;
  const keyArn: KeyArnOf = (region, alias) => {
    const found = kms.ring.aliasesOf(region).find(({ name }) => name === `alias/${alias}`);
    if (!found) throw new Error(`The company has no key ${alias} in ${region}.`);
    return `arn:aws:kms:${region}:${accountId}:key/${found.targetKeyId}`;
  };
  const inHome = (alias: string) => keyArn(home, alias);
  const holdings = holdingsOf(state);
  const certificates = companyCertificates({ accountId, home, second, third, now });
  const ledgerNode = volume('ledger-node', 500, ago(410), inHome('prod/volumes'));
  const backups = companyBackups({
    accountId,
    home,
    second,
    third,
    ago,
    keyArn,
    ledgerVolume: ledgerNode.id,
  });
  holdings.put(home, {
    ebs: { encryptByDefault: true, defaultKey: inHome('prod/volumes') },
    volumes: [
      volume('payments-node-1', 200, ago(600), inHome('prod/volumes')),
      volume('payments-node-2', 200, ago(600), inHome('prod/volumes')),
      ledgerNode,
      volume('build-runner', 80, ago(300), inHome('aws/ebs')),
    ],
    snapshots: [],
    clusters: [
      database('payments', 'aurora-postgresql', '16.6', ago(900), {
        keyArn: inHome('prod/payments'),
        backupDays: 35,
      }),
    ],
    instances: [
      ...['payments-1', 'payments-2'].map((id) =>
        database(id, 'aurora-postgresql', '16.6', ago(900), {
          keyArn: inHome('prod/payments'),
          cluster: 'payments',
          backupDays: 35,
          ...present(now),
        }),
      ),
      database('ledger', 'postgres', '16.4', ago(1200), {
        keyArn: inHome('prod/ledger'),
        backupDays: 35,
        ...present(now),
      }),
      // Older than encryption at this company: it can only be switched on by a copy.
      database('reporting', 'postgres', '14.13', ago(1390), { backupDays: 7, ...present(now) }),
      database('crm', 'mysql', '8.0.40', ago(1370), {
        keyArn: inHome('aws/rds'),
        backupDays: 7,
        ...present(now),
      }),
      database('staging', 'postgres', '13.16', ago(1100), {
        keyArn: inHome('staging/database'),
        backupDays: 0,
        deletionProtection: false,
        // AWS's root of 2019 ended on this day.
        authority: 'rds-ca-2019',
        certificateEndsAt: Date.UTC(2024, 7, 22, 17, 8, 50),
      }),
    ],
    tables: [
      table('card-token-map', ago(700), inHome('prod/customer-data')),
      table('portal-sessions', ago(500)),
    ],
    secrets: [
      secret('prod/payments/database', 'The payment platform’s database', ago(900), {
        keyArn: inHome('prod/payments'),
        rotationDays: 30,
        rotatedAt: ago(12),
        changedAt: ago(12),
        usedAt: ago(1),
      }),
      secret('prod/bank-gateway/client', 'Client of the bank gateway', ago(650), {
        keyArn: inHome('prod/payments'),
        rotationDays: 90,
        rotatedAt: ago(51),
        changedAt: ago(51),
        usedAt: ago(1),
      }),
    ],
    certificates: certificates.home,
    ...backups.home,
  });
  const unencrypted = volume('mail-archive-2', 300, ago(520));
  holdings.put(second, {
    ...nothing,
    volumes: [
      volume('mail-archive-1', 300, ago(520), keyArn(second, 'office/mail-archive')),
      unencrypted,
    ],
    snapshots: [
      {
        id: `snap-0${hex(16)}`,
        volumeId: unencrypted.id,
        description: 'Before the move of the mail archive',
        sizeGiB: unencrypted.sizeGiB,
        startedAt: ago(330),
      },
    ],
    certificates: certificates.second,
    ...backups.second,
  });
  holdings.put(third, {
    ...nothing,
    ebs: { encryptByDefault: true, defaultKey: keyArn(third, 'prod/checkout') },
    volumes: [volume('checkout-node', 100, ago(430), keyArn(third, 'prod/checkout'))],
    instances: [
      database('checkout', 'mysql', '8.0.40', ago(430), {
        keyArn: keyArn(third, 'prod/checkout'),
        backupDays: 35,
        ...present(now),
      }),
    ],
    tables: [table('checkout-carts', ago(430), keyArn(third, 'prod/checkout'))],
    secrets: [
      secret('checkout/card-processor', 'Access to the card processor', ago(610), {
        changedAt: ago(610),
        usedAt: ago(1),
      }),
    ],
    certificates: certificates.third,
    ...backups.third,
  });
  const name = 'old-storefront';
  const kept = {
    name,
    id: randomId('ASCA', 17),
    uploadedAt: ago(340),
    expiresAt: now + 25 * dayMs,
  };
  serverCertificatesOf(state).put(name, kept);
  companyBuckets({ state, home, second, third, ago, keyArn });
  state.commit();
}

/** A certificate of the present authority, as RDS renews it: for a year. */
function present(now: number) {
  return { authority: 'rds-ca-rsa2048-g1', certificateEndsAt: now + 240 * dayMs };
}

function volume(name: string, sizeGiB: number, createdAt: number, keyArn?: string): VolumeRecord {
  return { id: `vol-0${hex(16)}`, name, sizeGiB, createdAt, ...(keyArn && { keyArn }) };
}

function database(
  id: string,
  engine: string,
  engineVersion: string,
  createdAt: number,
  more: Partial<DatabaseRecord> & Pick<DatabaseRecord, 'backupDays'>,
): DatabaseRecord {
  return { id, engine, engineVersion, createdAt, deletionProtection: true, ...more };
}

function table(name: string, createdAt: number, keyArn?: string) {
  const id = randomUUID();
  return { name, id, createdAt, deletionProtection: true, ...(keyArn && { keyArn }) };
}

function secret(
  name: string,
  description: string,
  createdAt: number,
  more: Omit<Holdings['secrets'][number], 'name' | 'suffix' | 'description' | 'createdAt'>,
): Holdings['secrets'][number] {
  const suffix = randomBytes(9).toString('base64').replaceAll(/[+/]/g, 'x').slice(0, 6);
  return { name, suffix, description, createdAt, ...more };
}

function hex(length: number): string {
  return randomBytes(length / 2).toString('hex');
}
