import { randomUUID } from 'node:crypto';
import { managedKeyPolicy } from '../kms/managedKeys';
import { dayMs } from '../kms/lifecycle';
import { newMaterial } from '../kms/rotation';
import { productionKeys } from './companyProduction';
import { otherKeys } from './companyOther';
import { awkwardKeys } from './companyAwkward';
import type { Seeding } from './index';
import { live } from './story';

/**
 * A small payment company's estate in three Regions after four years: well kept keys, forgotten ones,
 * and every kind of state that an officer has to know.
 */
export async function seedCompany(seeding: Seeding): Promise<void> {
  const [home = 'eu-central-1', second = home, third = home] = seeding.regions;
  const regions = { home, second, third };
  addManagedKey(seeding, home, 's3', 1390);
  addManagedKey(seeding, home, 'ebs', 1385);
  addManagedKey(seeding, home, 'rds', 1370);
  addManagedKey(seeding, second, 's3', 1100);
  addManagedKey(seeding, third, 'secretsmanager', 900);
  await live(seeding, [...productionKeys(regions), ...otherKeys(regions), ...awkwardKeys(regions)]);
}

export interface CompanyRegions {
  readonly home: string;
  readonly second: string;
  readonly third: string;
}

/** AWS makes these when a service first needs one; no call of a customer does. It rotates them yearly. */
function addManagedKey(seeding: Seeding, region: string, service: string, daysAgo: number): void {
  const { account, kms } = seeding;
  const createdAt = account.clock.now() - daysAgo * dayMs;
  const keyId = randomUUID();
  kms.ring.put({
    region,
    keyId,
    accountId: account.accountId,
    description: descriptions[service] ?? `Default key that protects my ${service} data`,
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    managedBy: service,
    createdAt,
    state: 'Enabled',
    rotation: { enabled: true, periodDays: 365, nextDate: createdAt + 365 * dayMs },
    policy: managedKeyPolicy(account.accountId, region, service),
    tags: [],
    materials: [newMaterial(createdAt)],
  });
  kms.ring.putAlias({
    region,
    name: `alias/aws/${service}`,
    targetKeyId: keyId,
    createdAt,
    updatedAt: createdAt,
  });
}

const descriptions: Readonly<Record<string, string>> = {
  s3: 'Default key that protects my S3 objects when no other key is defined',
  ebs: 'Default key that protects my EBS volumes when no other key is defined',
  rds: 'Default key that protects my RDS database volumes when no other key is defined',
  secretsmanager: 'Default key that protects my Secrets Manager data when no other key is defined',
};
