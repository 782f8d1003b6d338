import type { Account } from '../account/account';
import { seedCompanyIdentities } from '../iam/companyIdentities';
import { openDirectory } from '../iam/directory';
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
  switch (name) {
    case 'company':
      seedCompanyIdentities(
        openDirectory(seeding.account.state, seeding.account.clock.now),
        seeding.account.accountId,
      );
      await seedCompany(seeding);
      break;
    case 'large':
      await seedLarge(seeding);
      break;
    case 'empty':
      break;
  }
}
