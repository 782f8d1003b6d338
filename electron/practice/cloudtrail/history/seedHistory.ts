import { randomUUID } from 'node:crypto';
import type { Account } from '../../account/account';
import { companyLogGroup, companyWiring } from '../../alarms/companyWiring';
import { wiringsOf } from '../../alarms/wiring';
import type { Kms } from '../../kms/index';
import type { Buckets } from '../../s3/buckets';
import type { SeedName } from '../../types';
import { dayMs, hourMs } from '../clockwork';
import { defaultSelectors, trailArn, trailsOf, type TrailSettings } from '../trail';
import { plannedKey, plansOf } from './plan';

export interface HistorySeeding {
  readonly account: Account;
  readonly kms: Kms;
  readonly buckets: Buckets;
  readonly regions: readonly string[];
}

/**
 * Gives a seeded account its past: what the events are generated from, the trails, and their buckets.
 * Nothing is generated yet, so that it costs no time.
 */
export function seedHistory(name: SeedName, seeding: HistorySeeding): void {
  if (name === 'empty') return;
  const { account, kms, regions } = seeding;
  const to = account.clock.now();
  const days = name === 'company' ? 365 : 90;
  const from = Math.floor((to - days * dayMs) / hourMs) * hourMs;
  const aliases = new Map<string, string[]>();
  for (const region of regions) {
    for (const { name: alias, targetKeyId } of kms.ring.aliasesOf(region)) {
      const id = `${region}/${targetKeyId}`;
      aliases.set(id, [...(aliases.get(id) ?? []), alias]);
    }
  }
  const trail = `${name}-trail`;
  plansOf(account.state).put('plan', {
    kind: name,
    seed: randomUUID(),
    accountId: account.accountId,
    regions,
    from,
    to,
    trail,
    keys: [...kms.ring.all()].map((key) =>
      plannedKey(key, aliases.get(`${key.region}/${key.keyId}`) ?? []),
    ),
  });
  const [home = '', second = home] = regions;
  const first = {
    bucket: `${name}-cloudtrail-logs`,
    multiRegion: true,
    ...(name === 'company' && {
      logGroupArn: `arn:aws:logs:${home}:${account.accountId}:log-group:${companyLogGroup}:*`,
    }),
  };
  const validated = { ...first, from: to - 30 * dayMs, validation: true };
  addTrail(seeding, trail, home, from, [first, ...(name === 'company' ? [validated] : [])]);
  if (name === 'company') {
    const key = kms.ring.aliasesOf(home).find((one) => one.name === 'alias/prod/audit-log');
    const keyArn = key && `arn:aws:kms:${home}:${account.accountId}:key/${key.targetKeyId}`;
    wiringsOf(account.state).put(home, companyWiring(account.accountId, home, from, keyArn));
    // The trap: it looks like a trail that watches the Region, and has no event of KMS.
    const selectors: TrailSettings['selectors'] = {
      kind: 'classic',
      list: [
        {
          ReadWriteType: 'All',
          IncludeManagementEvents: true,
          DataResources: [],
          ExcludeManagementEventSources: ['kms.amazonaws.com'],
        },
      ],
    };
    const bucket = 'legacy-audit-logs';
    addTrail(seeding, 'legacy-audit', second, to - 120 * dayMs, [{ bucket, selectors }]);
  }
  account.state.commit();
}

function addTrail(
  { account, buckets }: HistorySeeding,
  name: string,
  region: string,
  createdAt: number,
  changes: readonly (Partial<TrailSettings> & { readonly bucket: string })[],
): void {
  const arn = trailArn(region, account.accountId, name);
  for (const { bucket } of changes) {
    if (!buckets.get(bucket)) buckets.create({ name: bucket, region, createdAt });
  }
  trailsOf(account.state).put(arn, {
    arn,
    name,
    accountId: account.accountId,
    homeRegion: region,
    createdAt,
    afterSeq: 0,
    settings: changes.map((change) => ({
      from: createdAt,
      multiRegion: false,
      globalEvents: true,
      validation: false,
      logging: true,
      selectors: defaultSelectors,
      ...change,
    })),
    startedLoggingAt: createdAt,
    tags: [],
  });
}
