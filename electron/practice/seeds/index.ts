import type { Account } from '../account/account';
import { teams } from '../cloudtrail/history/large';
import { seedCompanyIdentities } from '../iam/companyIdentities';
import { teamRole } from '../iam/companyPrograms';
import { seedCompanyHoldings } from '../holdings/companyHoldings';
import { openDirectory } from '../iam/directory';
import { newRole } from '../iam/identities';
import type { Kms } from '../kms/index';
import type { Caller } from '../sigv4/verify';
import type { SeedName } from '../types';
import { seedCompany } from './company';
import { seedLarge } from './large';

export const seedNames: readonly SeedName[] = ['empty', 'company', 'large'];

/** What a seed makes its estate with: the real operations, on the account's own clock. */
export interface Seeding {
  readonly account: Account;
  readonly kms: Kms;
  readonly caller: Caller;
  readonly regions: readonly string[];
  readonly largeKeys: number;
}

/** Fills an empty account. */
export async function seedAccount(name: SeedName, seeding: Seeding): Promise<void> {
  const { accountId, clock, state } = seeding.account;
  const directory = openDirectory(state, clock.now);
  const now = clock.now();
  switch (name) {
    case 'company':
      seedCompanyIdentities(directory, accountId, now);
      await seedCompany(seeding);
      seedCompanyHoldings(seeding.account, seeding.kms, seeding.regions);
      break;
    case 'large':
      for (const team of teams) {
        directory.putRole(newRole({ ...teamRole(accountId, team), createdAt: now }));
      }
      await seedLarge(seeding);
      break;
    case 'empty':
      break;
  }
}
