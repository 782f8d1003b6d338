import { describe, expect, it } from 'vitest';
import { alertSchema } from '../../../shared/model/events/findings';
import { allow, account, changed, keyArn, policy, root, told, watched } from './watchEvents';

const trail = { name: `arn:aws:cloudtrail:eu-central-1:${account}:trail/main` };
const selectors = (...list: object[]) => ({ trailName: 'main', eventSelectors: list });
const kmsExcluded = { excludeManagementEventSources: ['kms.amazonaws.com'] };
const all = { readWriteType: 'All', includeManagementEvents: true };
const grantee = 'arn:aws:iam::111122223333:role/etl';
const grant = (principal: string, more = {}) => ({
  granteePrincipal: principal,
  operations: ['Decrypt'],
  ...more,
});
const role = allow('arn:aws:iam::111122223333:role/app', 'kms:Decrypt');

/** What each rule tells, and how it is taken back where that can be. */
const rules: [
  rule: string,
  event: [name: string, parameters?: object],
  undo?: [name: string, parameters?: object],
][] = [
  [
    'high key-deletion-scheduled',
    ['ScheduleKeyDeletion', { pendingWindowInDays: 7 }],
    ['CancelKeyDeletion'],
  ],
  ['high key-deleted', ['DeleteKey']],
  ['high key-disabled', ['DisableKey'], ['EnableKey']],
  [
    'high key-store-disconnected',
    ['DisconnectCustomKeyStore', { customKeyStoreId: 'cks-1' }],
    ['ConnectCustomKeyStore', { customKeyStoreId: 'cks-1' }],
  ],
  ['high key-store-disconnected', ['DeleteCustomKeyStore', { customKeyStoreId: 'cks-1' }]],
  ['high imported-material-deleted', ['DeleteImportedKeyMaterial'], ['ImportKeyMaterial']],
  ['high imported-material-expired', ['DeleteExpiredKeyMaterial'], ['ImportKeyMaterial']],
  ['medium rotation-off', ['DisableKeyRotation'], ['EnableKeyRotation']],
  ['medium replica-made', ['ReplicateKey', { replicaRegion: 'us-east-1' }]],
  ['medium primary-moved', ['UpdatePrimaryRegion', { primaryRegion: 'us-east-1' }]],
  [
    'medium alias-deleted',
    ['DeleteAlias', { aliasName: 'alias/a' }],
    ['CreateAlias', { aliasName: 'alias/a' }],
  ],
  ['medium alias-re-pointed', ['UpdateAlias', { aliasName: 'alias/a', targetKeyId: 'k-2' }]],
  ['medium grant-new-principal', ['CreateGrant', grant(grantee)]],
  ['high grant-other-account', ['CreateGrant', grant('arn:aws:iam::444455556666:root')]],
  ['high trail-stopped', ['StopLogging', trail], ['StartLogging', { name: 'main' }]],
  ['high trail-deleted', ['DeleteTrail', trail]],
  [
    'high trail-weakened',
    ['UpdateTrail', { ...trail, enableLogFileValidation: false }],
    ['UpdateTrail', { name: 'main', enableLogFileValidation: true }],
  ],
  [
    'high trail-weakened',
    ['UpdateTrail', { ...trail, isMultiRegionTrail: false }],
    ['UpdateTrail', { name: 'main', isMultiRegionTrail: true }],
  ],
  ['medium trail-updated', ['UpdateTrail', { ...trail, s3BucketName: 'elsewhere' }]],
  [
    'high kms-left-out',
    ['PutEventSelectors', selectors(kmsExcluded)],
    ['PutEventSelectors', selectors(all)],
  ],
  [
    'medium management-events-left-out',
    ['PutEventSelectors', selectors({ readWriteType: 'WriteOnly', includeManagementEvents: true })],
    ['PutEventSelectors', selectors(all)],
  ],
];

const lower: Readonly<Record<string, string>> = { high: 'medium', medium: 'low' };

describe.each(rules)('%s: %j', (rule, [name, parameters], undo) => {
  it('is told once, with who, what and why', () => {
    const { alerts } = watched([changed(name, 0, parameters)]);
    expect(alerts.map(({ severity, rule: id }) => `${severity} ${id}`)).toEqual([rule]);
    const alert = alertSchema.parse(alerts[0]);
    expect(alert.reason).toMatch(/^Alice .+ 2026-03-01 12:00 UTC/);
    expect(alert.count).toBe(1);
  });

  it.each([
    ['AWS refused by an error', { outcome: 'failed' as const }],
    ['was a test of the permission', { dryRun: true, outcome: 'failed' as const }],
    ['was a dry run that passed', { dryRun: true }],
    ['is another service’s event of that name', { source: 'example.amazonaws.com' }],
    ['is of a source that every object has', { source: 'constructor' }],
  ])('is quiet where it %s', (_what, part) => {
    expect(told([changed(name, 0, parameters, part)])).toEqual([]);
  });

  it('is another alert where AWS denied it, if it is one', () => {
    const rules = told([changed(name, 0, parameters, { outcome: 'denied' })]);
    const byService = /^DeleteKey|^DeleteExpired/.test(name);
    const severity = /Trail|Logging|Selectors/.test(name) ? 'high' : 'medium';
    expect(rules).toEqual(byService ? [] : [`${severity} change-refused`]);
  });

  if (!undo) return;
  const [undoName, undoParameters] = undo;
  it('says that it was taken back soon, and counts less', () => {
    const { alerts } = watched([
      changed(name, 0, parameters),
      changed(undoName, 23, undoParameters, { caller: 'Bob' }),
    ]);
    const [severity = '', id] = rule.split(' ');
    expect(alerts.map((each) => `${each.severity} ${each.rule}`)).toEqual([
      `${lower[severity]} ${id}`,
    ]);
    expect(alerts[0]?.undone).toMatchObject({ by: 'Bob', name: undoName });
    expect(alerts[0]?.reason).toContain(`Bob took it back 23 minutes later (${undoName}).`);
  });

  it('counts the same where it was taken back late, or before', () => {
    const late = watched([
      changed(name, 0, parameters),
      changed(undoName, 60 * 48, undoParameters),
    ]).alerts;
    expect(`${late[0]?.severity} ${late[0]?.rule}`).toBe(rule);
    expect(late[0]?.reason).toContain('took it back 2 days later');
    const before = [changed(undoName, -10, undoParameters), changed(name, 0, parameters)];
    expect(told(before)).toEqual([rule]);
  });
});

describe('changes that others explain', () => {
  it('a key deleted by KMS names who had scheduled it', () => {
    const { alerts } = watched([
      changed('ScheduleKeyDeletion', 0, { pendingWindowInDays: 7 }),
      changed('DeleteKey', 7 * 1440, undefined, {
        caller: 'AWS Internal',
        type: 'AwsServiceEvent',
      }),
    ]);
    expect(alerts[0]?.reason).toContain('can be cancelled until 2026-03-08 12:00 UTC');
    expect(alerts[1]?.reason).toMatch(/^KMS deleted key .*Alice had scheduled it 7 days before/);
  });

  it('a cancelled deletion leaves the key disabled until it is enabled', () => {
    const events = [changed('ScheduleKeyDeletion', 0, {}), changed('CancelKeyDeletion', 5)];
    expect(watched(events).alerts[0]?.reason).toContain('stays disabled until EnableKey');
    const enabled = watched([...events, changed('EnableKey', 6)]).alerts;
    expect(enabled[0]?.reason).not.toContain('stays disabled');
  });

  it('changes of many keys by one caller within the hour are one alert', () => {
    const keys = Array.from({ length: 25 }, (_, n) => keyArn.replace(/.{2}$/, String(n + 10)));
    const { alerts } = watched(keys.map((key, n) => changed('DisableKey', n, {}, { keys: [key] })));
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.count).toBe(25);
    expect(alerts[0]?.events).toHaveLength(20);
    expect(alerts[0]?.reason).toContain('and 21 more'.slice(4));
    expect(alerts[0]).not.toHaveProperty('key');
    alertSchema.parse(alerts[0]);
  });

  it('two keys far apart in time are two alerts, of which one may be taken back', () => {
    const other = keyArn.replace(/ab$/, 'ff');
    expect(
      told([
        changed('DisableKey', 0),
        changed('EnableKey', 3),
        changed('DisableKey', 4, {}, { keys: [other] }),
      ]),
    ).toEqual(['medium key-disabled', 'high key-disabled']);
  });

  it('refused changes of one caller are one alert, repeated or not', () => {
    const denied = { outcome: 'denied' as const };
    const { alerts } = watched([
      changed('CreateGrant', 0, undefined, denied),
      changed('StopLogging', 7, undefined, denied),
      changed('CreateGrant', 7 * 1440, undefined, denied),
    ]);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ rule: 'change-refused', severity: 'high', count: 3 });
    expect(alerts[0]?.reason).toContain('CreateGrant, StopLogging');
  });
});

describe('aliases', () => {
  const point = (minutes: number, target: string, name = 'UpdateAlias') =>
    changed(name, minutes, { aliasName: 'alias/a', targetKeyId: target });

  it('pointed where they pointed before are quiet', () => {
    expect(told([point(0, 'k-1', 'CreateAlias'), point(5, 'k-1')])).toEqual([]);
  });

  it('pointed back soon are one alert that counts less', () => {
    const events = [point(0, 'k-1', 'CreateAlias'), point(5, 'k-2'), point(9, 'k-1')];
    const { alerts } = watched(events);
    expect(alerts.map(({ severity }) => severity)).toEqual(['low']);
    expect(alerts[0]?.reason).toContain('It led to key k-1.');
  });
});

describe('grants', () => {
  it.each([
    ['a principal that had one', [grantee, 'arn:aws:sts::111122223333:assumed-role/etl/i-1']],
    ['a service', ['ec2.eu-central-1.amazonaws.com']],
    [
      'a service-linked role',
      ['arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/X'],
    ],
  ])('to %s are quiet', (_what, principals) => {
    const events = principals.map((each, n) => changed('CreateGrant', n, grant(each)));
    expect(told(events)).toHaveLength(principals.length - 1);
  });

  it('that a service made in another’s stead, and of which no record was read, are quiet', () => {
    const made = changed('CreateGrant', 0, undefined, { service: 'ec2.amazonaws.com' });
    expect(told([made])).toEqual([]);
    expect(told([changed('CreateGrant', 0)])).toEqual(['medium grant-new-principal']);
  });

  it('that were revoked soon count less', () => {
    const made = changed('CreateGrant', 0, grant(grantee), { response: { grantId: 'g' } });
    const revoked = changed('RevokeGrant', 9, { grantId: 'g' });
    const retired = changed('RetireGrant', 9, {}, { extra: { grantId: 'g' } });
    expect(told([made, revoked])).toEqual(['low grant-new-principal']);
    expect(told([made, retired])).toEqual(['low grant-new-principal']);
    expect(told([made, changed('RevokeGrant', 9, { grantId: 'h' })])).toEqual([
      'medium grant-new-principal',
    ]);
  });

  it('say that they can be passed on, and that a context narrows them', () => {
    const wide = grant(grantee, { operations: ['Decrypt', 'CreateGrant'] });
    expect(watched([changed('CreateGrant', 0, wide)]).alerts[0]?.reason).toContain(
      'pass the grant',
    );
    const narrow = grant(grantee, { constraints: { encryptionContextEquals: { a: 'b' } } });
    expect(watched([changed('CreateGrant', 0, narrow)]).alerts[0]?.reason).toContain('narrows it');
  });
});

describe('trails', () => {
  it('that are changed for the better, or not at all, are quiet', () => {
    const better = { ...trail, enableLogFileValidation: true, isMultiRegionTrail: true };
    expect(told([changed('UpdateTrail', 0, better)])).toEqual([]);
    const made = changed('CreateTrail', 0, { name: 'main', s3BucketName: 'logs' });
    expect(told([made, changed('UpdateTrail', 5, { ...trail, s3BucketName: 'logs' })])).toEqual([]);
    expect(told([changed('PutEventSelectors', 0, selectors(all))])).toEqual([]);
  });

  it('by advanced selectors too', () => {
    const advanced = (...fieldSelectors: object[]) =>
      changed('PutEventSelectors', 0, { advancedEventSelectors: [{ fieldSelectors }] });
    const management = { field: 'eventCategory', equals: ['Management'] };
    const notKms = { field: 'eventSource', notEquals: ['kms.amazonaws.com'] };
    const notData = { field: 'eventSource', notEquals: ['rdsdata.amazonaws.com'] };
    const writes = { field: 'readOnly', equals: ['false'] };
    expect(told([advanced(management, notKms)])).toEqual(['high kms-left-out']);
    expect(told([advanced(management, notData)])).toEqual([]);
    expect(told([advanced(management, writes)])).toEqual(['medium management-events-left-out']);
    expect(told([advanced({ field: 'eventCategory', equals: ['Data'] })])).toHaveLength(1);
  });

  it('whose record does not show the change are told, and named as not readable', () => {
    const selectorsGone = changed('PutEventSelectors', 0);
    const updateGone = changed('UpdateTrail', 1, trail);
    const { alerts, unreadable } = watched([selectorsGone, updateGone]);
    expect(alerts.map(({ rule }) => rule)).toEqual(['management-events-left-out', 'trail-updated']);
    expect(alerts.every(({ reason }) => reason.includes('does not show'))).toBe(true);
    expect(unreadable).toEqual([selectorsGone.row.eventId, updateGone.row.eventId]);
  });
});

describe('policies', () => {
  const put = (minutes: number, text: string, more = {}) =>
    changed('PutKeyPolicy', minutes, { policy: text, ...more });
  const made = (text?: string, more = {}) =>
    changed('CreateKey', -60, { ...(text !== undefined && { policy: text }), ...more });
  const everybody = allow('*', 'kms:Decrypt');
  const partner = allow('arn:aws:iam::444455556666:root', 'kms:Decrypt');

  it('beside the default policy of a key that was made without one', () => {
    const { alerts } = watched([made(), put(0, policy(root, role))]);
    expect(alerts).toMatchObject([
      {
        rule: 'policy-changed',
        severity: 'medium',
        policyChange: {
          gained: [{ principal: 'arn:aws:iam::111122223333:role/app', powers: ['Decrypt'] }],
          lost: [],
        },
      },
    ]);
    expect(alerts[0]?.reason).toContain('Gained: arn:aws:iam::111122223333:role/app: kms:decrypt');
    expect(alerts[0]?.policyChange?.before).toContain('key-default-1');
  });

  it.each([
    ['high policy-public', policy(root, everybody), {}],
    ['high policy-public', policy(root, everybody), { bypassPolicyLockoutSafetyCheck: true }],
    ['high policy-lockout-bypassed', policy(root), { bypassPolicyLockoutSafetyCheck: true }],
    ['high policy-other-account', policy(root, partner), {}],
    ['high policy-changed', policy(role), {}],
    [
      'low policy-changed',
      policy(root, allow('arn:aws:iam::111122223333:role/x', 'kms:List*')),
      {},
    ],
  ])('%s', (rule, text, more) => {
    expect(told([made(), put(0, text, more)])).toEqual([rule]);
  });

  it('that change nothing for anybody are quiet', () => {
    const reordered = policy(role, { ...root, Sid: 'other name' });
    expect(told([made(policy(root, role)), put(0, reordered)])).toEqual([]);
  });

  it('that everybody has, but a condition narrows, are not public', () => {
    const condition = { StringEquals: { 'kms:CallerAccount': account } };
    expect(told([made(), put(0, policy(root, { ...everybody, Condition: condition }))])).toEqual([
      'medium policy-changed',
    ]);
  });

  it('made with a key are told where they are public, foreign or without the check', () => {
    expect(told([made(policy(root, everybody))])).toEqual(['high policy-public']);
    expect(told([made(policy(root, partner))])).toEqual(['high policy-other-account']);
    expect(told([made(policy(role), { bypassPolicyLockoutSafetyCheck: true })])).toEqual([
      'high policy-lockout-bypassed',
    ]);
    expect(told([made(policy(root, role))])).toEqual([]);
  });

  it('that bring the earlier one back soon are quiet, and take the earlier alert back', () => {
    const events = [made(), put(0, policy(root, everybody)), put(30, policy(root))];
    const { alerts } = watched(events);
    expect(alerts.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      'medium policy-public',
    ]);
    expect(alerts[0]?.undone?.name).toBe('PutKeyPolicy');
    const late = [made(), put(0, policy(root, everybody)), put(48 * 60, policy(root))];
    expect(told(late)).toEqual(['high policy-public', 'medium policy-changed']);
  });

  it('of which the one before is not stored say so', () => {
    const { alerts } = watched([put(0, policy(root, role))]);
    expect(alerts).toMatchObject([{ severity: 'low', policyChange: { lost: [] } }]);
    expect(alerts[0]?.reason).toContain('The policy before is not stored');
  });

  it('that cannot be read are told, and the next one is compared with nothing', () => {
    const broken = put(0, '{"Statement": [');
    const { alerts, unreadable } = watched([made(), broken, put(60, policy(root))]);
    expect(alerts.map(({ severity }) => severity)).toEqual(['medium', 'low']);
    expect(alerts[0]?.reason).toContain('does not show to what');
    expect(unreadable).toEqual([broken.row.eventId]);
  });

  it('of a replica are those that it was made with', () => {
    const replica = keyArn.replace('eu-central-1', 'us-east-1');
    const events = [
      changed('ReplicateKey', 0, { replicaRegion: 'us-east-1', policy: policy(root) }),
      changed(
        'PutKeyPolicy',
        5,
        { policy: policy(root, role) },
        { region: 'us-east-1', keys: [replica] },
      ),
    ];
    expect(told(events)).toEqual(['medium replica-made', 'medium policy-changed']);
  });
});
