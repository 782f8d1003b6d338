import { newManagedKey, putManagedKey } from '../kms/managedKeys';
import { dayMs } from '../kms/lifecycle';
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

/** AWS made it when the service first needed one. */
function addManagedKey(
  { account, kms }: Seeding,
  region: string,
  service: string,
  daysAgo: number,
) {
  const createdAt = account.clock.now() - daysAgo * dayMs;
  putManagedKey(kms.ring, newManagedKey(account.accountId, region, service, createdAt));
}
