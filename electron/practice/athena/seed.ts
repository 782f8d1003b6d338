import type { Account } from '../account/account';
import type { Buckets } from '../s3/buckets';
import type { SeedName } from '../types';
import { openWorkGroups } from './workGroups';

/**
 * Gives a seeded account, in its first Region, a bucket for results and two workgroups: one for
 * security people, and one whose limit a careless query meets at once.
 */
export function seedAthena(
  name: SeedName,
  {
    account,
    buckets,
    regions,
  }: { readonly account: Account; readonly buckets: Buckets; readonly regions: readonly string[] },
): void {
  const [region] = regions;
  if (name === 'empty' || region === undefined) return;
  const createdAt = account.clock.now();
  const bucket = `${name}-athena-results`;
  if (!buckets.get(bucket)) buckets.create({ name: bucket, region, createdAt });
  const groups = openWorkGroups(account, region);
  const shared = { createdAt, enforced: true };
  groups.create({
    ...shared,
    name: 'security',
    description: 'Questions to the audit log',
    outputLocation: `s3://${bucket}/security/`,
    bytesCutoff: 1_000_000_000_000,
  });
  groups.create({
    ...shared,
    name: 'sandbox',
    description: 'Try things: ten megabytes a query',
    outputLocation: `s3://${bucket}/sandbox/`,
    bytesCutoff: 10_000_000,
  });
}
