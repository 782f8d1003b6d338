import { dayMs } from '../clockwork';
import { keysNamed, people } from './companyPeople';
import type { Incident } from './history';
import { agents, user, type Person } from './people';
import type { HistoryPlan, PlannedKey } from './plan';
import { numberOf, randomOf } from './random';

const minute = 60_000;

/** Who made the trail, and switched log file validation on a month ago. */
export function trailChanges(plan: HistoryPlan): Incident[] {
  const [region = ''] = plan.regions;
  const trailARN = `arn:aws:cloudtrail:${region}:${plan.accountId}:trail/${plan.trail}`;
  const change = (
    at: number,
    name: string,
    parameters: object,
    responseElements: object | null,
  ) => ({
    at,
    who: people.admin,
    region,
    name,
    source: 'cloudtrail.amazonaws.com',
    parameters,
    responseElements,
    readOnly: false,
  });
  const validation = { name: plan.trail, enableLogFileValidation: true };
  return [
    change(plan.from, 'CreateTrail', { name: plan.trail, isMultiRegionTrail: true }, { trailARN }),
    change(plan.from + 2000, 'StartLogging', { name: trailARN }, null),
    change(plan.to - 30 * dayMs, 'UpdateTrail', validation, { trailARN }),
  ];
}

/** Twice a job asked for more data keys than the account may have in a second. */
export function throttlingBursts(plan: HistoryPlan): Incident[] {
  const [home = ''] = plan.regions;
  const [key] = keysNamed(plan, home, 'data-lake');
  return [200, 41].flatMap((daysAgo) => {
    const start = dayAt(plan, daysAgo, 3 * 60 + 12);
    const random = randomOf(numberOf(plan.seed), daysAgo, 1);
    return Array.from({ length: 260 }, () => ({
      at: start + random.integer(150) * 1000,
      who: people.pipeline,
      region: home,
      name: 'GenerateDataKey',
      key,
      parameters: { keySpec: 'AES_256', keyId: key?.arn },
      readOnly: true,
      error: {
        code: 'ThrottlingException',
        message:
          'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
      },
    }));
  });
}

/** Three mistakes of an administrator, each found and undone, with what failed in between. */
export function adminMistakes(plan: HistoryPlan): Incident[] {
  const [home = '', , third = home] = plan.regions;
  const { admin, checkout, portal } = people;
  const [till] = keysNamed(plan, third, 'checkout');
  const [customers] = keysNamed(plan, home, 'customer-data');
  const [ledger] = keysNamed(plan, home, 'ledger');
  const disabled = dayAt(plan, 75, 13 * 60 + 4);
  const policy = dayAt(plan, 33, 9 * 60 + 41);
  const deletion = dayAt(plan, 12, 15 * 60 + 20);
  const failing = (
    who: Person,
    key: PlannedKey | undefined,
    from: number,
    minutes: number,
    error: Incident['error'],
  ) =>
    Array.from({ length: minutes * 3 }, (_, index) => ({
      at: from + index * 20_000,
      who,
      region: key?.region ?? home,
      name: 'Decrypt',
      key,
      parameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', keyId: key?.arn },
      readOnly: true,
      error,
    }));
  const deniedText = `User: arn:aws:sts::${plan.accountId}:assumed-role/customer-portal/${portal.session} is not authorized to perform: kms:Decrypt on resource: ${customers?.arn} because no resource-based policy allows the kms:Decrypt action`;
  return [
    change(admin, disabled, 'DisableKey', till, {}),
    ...failing(checkout, till, disabled + 5000, 23, {
      code: 'DisabledException',
      message: `${till?.arn} is disabled.`,
    }),
    change(admin, disabled + 23 * minute, 'EnableKey', till, {}),
    change(admin, policy, 'PutKeyPolicy', customers, policyChange(plan, 'role/customer-portal-v2')),
    ...failing(portal, customers, policy + 8000, 9, {
      code: 'AccessDeniedException',
      message: deniedText,
    }),
    change(admin, policy + 9 * minute, 'PutKeyPolicy', customers, policyChange(plan, 'root')),
    {
      ...change(admin, deletion, 'ScheduleKeyDeletion', ledger, { pendingWindowInDays: 7 }),
      responseElements: {
        keyId: ledger?.arn,
        keyState: 'PendingDeletion',
        pendingWindowInDays: 7,
      },
    },
    change(admin, deletion + 16 * minute, 'CancelKeyDeletion', ledger, {}),
    change(admin, deletion + 17 * minute, 'EnableKey', ledger, {}),
  ];
}

/** Nine days ago, past two in the morning, someone tried the access key of a contractor who has left. */
export function suspiciousNight(plan: HistoryPlan): Incident[] {
  const [home = ''] = plan.regions;
  const who = user('bjorn.lind', '203.0.113.66', agents.python);
  const start = dayAt(plan, 9, 2 * 60 + 13);
  const arn = `arn:aws:iam::${plan.accountId}:user/bjorn.lind`;
  const denied = (action: string, resource: string) => ({
    code: 'AccessDeniedException',
    message: `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  });
  const read = (second: number, name: string, more: Partial<Incident> = {}): Incident => ({
    at: start + second * 1000,
    who,
    region: home,
    name,
    readOnly: true,
    ...more,
  });
  const keys = plan.keys.filter(({ region }) => region === home);
  const trail = `arn:aws:cloudtrail:${home}:${plan.accountId}:trail/${plan.trail}`;
  const shared = keysNamed(plan, home, 'reports-export')[0];
  const onTrail = (second: number, name: string) =>
    read(second, name, {
      source: 'cloudtrail.amazonaws.com',
      readOnly: false,
      parameters: name === 'StopLogging' ? { name: trail } : { trailName: trail },
      error: denied(`cloudtrail:${name}`, trail),
    });
  return [
    read(0, 'GetCallerIdentity', { source: 'sts.amazonaws.com' }),
    read(21, 'ListKeys', { parameters: { limit: 1000 } }),
    read(24, 'ListAliases', { parameters: { limit: 100 } }),
    ...keys.map((key, index) =>
      read(60 + index * 2, 'GetKeyPolicy', {
        key,
        parameters: { keyId: key.arn, policyName: 'default' },
        error: denied('kms:GetKeyPolicy', key.arn),
      }),
    ),
    ...keys.map((key, index) =>
      read(300 + index * 7, 'Decrypt', {
        key,
        parameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', keyId: key.arn },
        error: denied('kms:Decrypt', key.arn),
      }),
    ),
    // The one policy that is open to everybody let them in.
    ...(shared
      ? [700, 703, 709, 716, 731, 733, 740, 762].map((second) =>
          read(second, 'Decrypt', {
            key: shared,
            parameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', keyId: shared.arn },
          }),
        )
      : []),
    read(900, 'CreateGrant', {
      key: shared,
      readOnly: false,
      parameters: { keyId: shared?.arn, granteePrincipal: arn, operations: ['Decrypt'] },
      error: denied('kms:CreateGrant', shared?.arn ?? '*'),
    }),
    onTrail(1320, 'StopLogging'),
    onTrail(1345, 'PutEventSelectors'),
  ];
}

/** One change of a key that was made. */
export function change(
  who: Person,
  at: number,
  name: string,
  key: PlannedKey | undefined,
  parameters: object,
): Incident {
  return {
    at,
    who,
    region: key?.region ?? '',
    name,
    key,
    parameters: { ...parameters, keyId: key?.arn },
    responseElements: { keyId: key?.arn },
    readOnly: false,
  };
}

function policyChange(plan: HistoryPlan, principal: string) {
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${plan.accountId}:${principal}` },
    Action: 'kms:*',
    Resource: '*',
  };
  return {
    policyName: 'default',
    bypassPolicyLockoutSafetyCheck: principal !== 'root',
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  };
}

/** A minute of the day, so many days before the history's end. */
export function dayAt(plan: HistoryPlan, daysAgo: number, minutes: number): number {
  const midnight = Math.floor(plan.to / dayMs) * dayMs;
  return midnight - daysAgo * dayMs + minutes * minute;
}
