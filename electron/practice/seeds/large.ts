import { randomUUID } from 'node:crypto';
import { dayMs } from '../kms/lifecycle';
import { defaultPolicy } from '../kms/policy';
import { newMaterial } from '../kms/rotation';
import type { Seeding } from './index';

/**
 * Many plain keys for the bench, spread evenly over the Regions and put into the store directly:
 * 10,000 calls of CreateKey would take their time and show nothing more.
 */
export async function seedLarge({ account, kms, regions, largeKeys }: Seeding): Promise<void> {
  const now = account.clock.now();
  const policy = defaultPolicy(account.accountId);
  for (let index = 0; index < largeKeys; index++) {
    const region = regions[index % regions.length] ?? 'eu-central-1';
    const createdAt = now - ((index % 1500) + 1) * dayMs;
    const keyId = randomUUID();
    const rotates = index % 3 !== 0;
    kms.ring.put({
      region,
      keyId,
      accountId: account.accountId,
      description: `Service ${index}`,
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      createdAt,
      state: index % 50 === 0 ? 'Disabled' : 'Enabled',
      rotation: rotates
        ? { enabled: true, periodDays: 365, nextDate: now + ((index % 364) + 1) * dayMs }
        : undefined,
      policy,
      tags: [
        { TagKey: 'Environment', TagValue: index % 4 === 0 ? 'staging' : 'production' },
        { TagKey: 'Owner', TagValue: `team-${index % 40}` },
      ],
      materials: [newMaterial(createdAt)],
    });
    kms.ring.putAlias({
      region,
      name: `alias/service/${String(index).padStart(6, '0')}`,
      targetKeyId: keyId,
      createdAt,
      updatedAt: createdAt,
    });
    // Hands the thread back now and then: the process may be doing other things.
    if (index % 1000 === 999) await new Promise(setImmediate);
  }
  account.state.commit();
}
