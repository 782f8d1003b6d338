import { dayMs } from '../clockwork';
import { keysNamed, people } from './companyPeople';
import { change, dayAt } from './companyStories';
import type { Incident, Workload } from './history';
import { agents, type Person } from './people';
import type { HistoryPlan, PlannedKey } from './plan';
import { numberOf, randomOf } from './random';

/** The old portal still opens its sessions at home, until their key waits for its deletion. */
export function oldSessions(plan: HistoryPlan, home: string): Workload {
  return {
    region: home,
    who: [people.oldPortal],
    name: 'Decrypt',
    keys: keysNamed(plan, home, 'sessions'),
    perHour: 0.15,
    rhythm: 'day',
    parameters: (key) => ({ encryptionAlgorithm: 'SYMMETRIC_DEFAULT', keyId: key?.arn }),
    to: plan.to - 15 * dayMs,
  };
}

/** What is nobody's daily work: each is a line of the watch, and none of it failed. */
export function unusualUses(plan: HistoryPlan): Incident[] {
  return [
    ...stolenSession(plan),
    ...curiousSync(plan),
    ...replicaFailover(plan),
    ...passingGrant(plan),
    ...blindTrail(plan),
  ];
}

/** Forty-seven days ago the portal's session was used from elsewhere, to open customers' records by the hundred. */
function stolenSession(plan: HistoryPlan): Incident[] {
  const [home = ''] = plan.regions;
  const [key] = keysNamed(plan, home, 'customer-data');
  const who = { ...people.portal, ip: '203.0.113.77', agent: agents.cli };
  const start = dayAt(plan, 47, 60 + 41);
  const random = randomOf(numberOf(plan.seed), 47, 2);
  return Array.from({ length: 640 }, (_, index) => ({
    ...decrypt(who, key, start + Math.floor(index * 1.7) * 1000),
    parameters: {
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      encryptionContext: { tenant: 'shop', record: `c-${random.hex(6)}` },
      keyId: key?.arn,
    },
  }));
}

/** Five days ago a program opened payments that never did. */
function curiousSync(plan: HistoryPlan): Incident[] {
  const [home = ''] = plan.regions;
  const [key] = keysNamed(plan, home, 'payments');
  const start = dayAt(plan, 5, 10 * 60 + 5);
  return Array.from({ length: 14 }, (_, index) =>
    decrypt(people.crmSync, key, start + index * 45_000),
  );
}

/** Seventeen days ago old sessions were opened in the third Region, as never before. */
function replicaFailover(plan: HistoryPlan): Incident[] {
  const [home = '', , third = home] = plan.regions;
  const [primary] = keysNamed(plan, home, 'sessions');
  const id = primary?.arn.replace(/^.*\//, '');
  const key = plan.keys.find(({ region, arn }) => region === third && arn.endsWith(`/${id}`));
  const start = dayAt(plan, 17, 19 * 60 + 30);
  return Array.from({ length: 5 }, (_, index) =>
    decrypt(people.oldPortal, key, start + index * 20_000),
  );
}

/** The analytics company had a grant for two days, which its account's line in the policy did not need. */
function passingGrant(plan: HistoryPlan): Incident[] {
  const [home = ''] = plan.regions;
  const [key] = keysNamed(plan, home, 'analytics-share');
  const grantId = randomOf(numberOf(plan.seed), 68, 3).hex(64);
  const given = dayAt(plan, 68, 14 * 60 + 8);
  return [
    {
      ...change(people.admin, given, 'CreateGrant', key, {
        granteePrincipal: 'arn:aws:iam::444455556666:role/analytics-etl',
        operations: ['Decrypt', 'DescribeKey'],
      }),
      responseElements: { grantId, keyId: key?.arn },
    },
    change(people.admin, given + 2 * dayMs + 3_600_000, 'RevokeGrant', key, { grantId }),
  ];
}

/** The second trail, and how it came to see nothing of KMS. */
function blindTrail(plan: HistoryPlan): Incident[] {
  const [home = '', second = home] = plan.regions;
  const trailARN = `arn:aws:cloudtrail:${second}:${plan.accountId}:trail/legacy-audit`;
  const at = plan.to - 120 * dayMs;
  const selectors = [
    {
      readWriteType: 'All',
      includeManagementEvents: true,
      dataResources: [],
      excludeManagementEventSources: ['kms.amazonaws.com'],
    },
  ];
  const onTrail = (
    after: number,
    name: string,
    parameters: object,
    responseElements: object | null,
  ): Incident => ({
    at: at + after,
    who: people.admin,
    region: second,
    name,
    source: 'cloudtrail.amazonaws.com',
    parameters,
    responseElements,
    readOnly: false,
  });
  return [
    onTrail(
      0,
      'CreateTrail',
      { name: 'legacy-audit', s3BucketName: 'legacy-audit-logs', isMultiRegionTrail: false },
      { trailARN },
    ),
    onTrail(2000, 'StartLogging', { name: trailARN }, null),
    onTrail(
      60_000,
      'PutEventSelectors',
      { trailName: trailARN, eventSelectors: selectors },
      { trailARN, eventSelectors: selectors },
    ),
  ];
}

function decrypt(who: Person, key: PlannedKey | undefined, at: number): Incident {
  return {
    at,
    who,
    region: key?.region ?? '',
    name: 'Decrypt',
    key,
    parameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', keyId: key?.arn },
    readOnly: true,
  };
}
