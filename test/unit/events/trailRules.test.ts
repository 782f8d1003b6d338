import { describe, expect, it } from 'vitest';
import type {
  AlarmFacts,
  AlarmsFacts,
  Asked,
  MetricFilterFacts,
  RegionEvidence,
  SelectorFacts,
  StatusFacts,
  SubscriptionFacts,
  TrailFacts,
} from '../../../shared/model/events/trail/evidence';
import { judgeTrails } from '../../../shared/model/events/trail/judge';

const now = Date.parse('2026-11-24T12:00:00Z');
const region = 'eu-central-1';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const group = `arn:aws:logs:${region}:111122223333:log-group:trail:*`;
const topic = `arn:aws:sns:${region}:111122223333:alerts`;

function answered<T>(operation: string, answer: T): Asked<T> {
  return {
    call: { operation, region, requestId: 'r-1', asOf: new Date(now).toISOString() },
    answer,
  };
}
function refused<T>(operation: string, code: 'denied' | 'throttled' = 'denied'): Asked<T> {
  const { call } = answered(operation, 0);
  const permission = code === 'denied' ? { permission: operation } : {};
  return { call, refused: { code, message: `${operation}: ${code}.`, ...permission } };
}

const trail: TrailFacts = {
  arn: `arn:aws:cloudtrail:${region}:111122223333:trail/main`,
  name: 'main',
  homeRegion: region,
  multiRegion: true,
  validation: true,
  kmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1',
  logGroupArn: group,
};
const status: StatusFacts = {
  logging: true,
  deliveryError: undefined,
  deliveredAt: now - 5 * minuteMs,
  digestError: undefined,
  digestAt: now - 40 * minuteMs,
  logGroupError: undefined,
  logGroupAt: now - 5 * minuteMs,
};
const selectAll: SelectorFacts = {
  classic: [{ readWriteType: 'All', managementEvents: true, excludedSources: [] }],
  advanced: [],
};
const allOfKms: MetricFilterFacts = {
  name: 'all',
  pattern: '{ $.eventSource = "kms.amazonaws.com" }',
  metrics: [{ namespace: 'N', name: 'M', dimensions: {} }],
};
const alarm: AlarmFacts = {
  name: 'a',
  actionsEnabled: true,
  actions: [topic],
  metrics: allOfKms.metrics,
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 1,
  datapoints: 1,
};

interface Given {
  trails?: Asked<TrailFacts[]>;
  trail?: Partial<TrailFacts>;
  status?: Partial<StatusFacts> | Asked<StatusFacts>;
  selectors?: SelectorFacts | Asked<SelectorFacts>;
  filters?: MetricFilterFacts[] | Asked<MetricFilterFacts[]>;
  alarms?: AlarmFacts[] | Asked<AlarmsFacts>;
  composite?: AlarmsFacts['composite'];
  subscriptions?: SubscriptionFacts | Asked<SubscriptionFacts>;
}

function asked<T extends object>(operation: string, given: T | Asked<T>): Asked<T> {
  return 'call' in given ? given : answered(operation, given);
}

const statusAnswer = (facts: StatusFacts) => answered('cloudtrail:GetTrailStatus', facts);

function judge(given: Given = {}) {
  const one = { ...trail, ...given.trail };
  const { filters = [allOfKms], alarms = [alarm], selectors = selectAll } = given;
  const { subscriptions = { confirmed: 1, waiting: 0 }, composite = [] } = given;
  const stated = given.status ?? {};
  const evidence: RegionEvidence = {
    region,
    account: '111122223333',
    now,
    trails: given.trails ?? answered('cloudtrail:DescribeTrails', [one]),
    details: new Map([
      [
        one.arn,
        {
          status: 'call' in stated ? stated : statusAnswer({ ...status, ...stated }),
          selectors: asked('cloudtrail:GetEventSelectors', selectors),
        },
      ],
    ]),
    filters: new Map([[group, asked('logs:DescribeMetricFilters', filters)]]),
    alarms: new Map([
      [
        region,
        'call' in alarms
          ? alarms
          : answered('cloudwatch:DescribeAlarms', { metric: alarms, composite }),
      ],
    ]),
    subscriptions: new Map([[topic, asked('sns:ListSubscriptionsByTopic', subscriptions)]]),
  };
  const checks = judgeTrails(evidence);
  return (id: string) => {
    const found = checks.find((check) => check.id === id);
    if (!found) throw new Error(`There is no check ${id}.`);
    return found;
  };
}

const everyId = [
  'trail-on',
  'trail-covers-region',
  'management-events',
  'kms-not-excluded',
  'log-file-validation',
  'delivery',
  'digest-delivery',
  'bucket-key',
  'log-group',
  'alarm-decrypt-failures',
  'alarm-throttling',
  'alarm-key-deletion',
  'alarm-policy-changes',
];
const advanced = (...fields: SelectorFacts['advanced'][number]): SelectorFacts => ({
  classic: [],
  advanced: [[{ field: 'eventCategory', equals: ['Management'] }, ...fields]],
});
const classic = (change: Partial<SelectorFacts['classic'][number]>): SelectorFacts => ({
  classic: [{ readWriteType: 'All', managementEvents: true, excludedSources: [], ...change }],
  advanced: [],
});

describe('where everything is in order', () => {
  it.each(everyId)('%s passes, with its evidence', (id) => {
    const { verdict, evidence } = judge()(id);
    expect(verdict.value).toBe('pass');
    expect(evidence.length).toBeGreaterThan(0);
  });
});

describe('where a call is refused', () => {
  const refusals: [string, Given, string[]][] = [
    ['cloudtrail:DescribeTrails', { trails: refused('cloudtrail:DescribeTrails') }, everyId],
    [
      'cloudtrail:GetTrailStatus',
      { status: refused('cloudtrail:GetTrailStatus') },
      ['trail-on', 'trail-covers-region', 'management-events', 'kms-not-excluded', 'delivery'],
    ],
    [
      'cloudtrail:GetEventSelectors',
      { selectors: refused('cloudtrail:GetEventSelectors') },
      ['management-events', 'kms-not-excluded', 'alarm-key-deletion'],
    ],
    [
      'logs:DescribeMetricFilters',
      { filters: refused('logs:DescribeMetricFilters') },
      ['alarm-decrypt-failures', 'alarm-policy-changes'],
    ],
    [
      'cloudwatch:DescribeAlarms',
      { alarms: refused('cloudwatch:DescribeAlarms') },
      ['alarm-throttling', 'alarm-key-deletion'],
    ],
    [
      'sns:ListSubscriptionsByTopic',
      { subscriptions: refused('sns:ListSubscriptionsByTopic') },
      ['alarm-throttling', 'alarm-key-deletion'],
    ],
  ];
  it.each(refusals)('%s, nobody can tell', (permission, given, ids) => {
    for (const id of ids) {
      expect(judge(given)(id).verdict).toMatchObject({ value: 'cannot-tell', permission });
    }
  });
  it('by throttling, nobody can tell, and no permission is missing', () => {
    const { verdict, evidence } = judge({
      status: refused('cloudtrail:GetTrailStatus', 'throttled'),
    })('trail-on');
    expect(verdict.value).toBe('cannot-tell');
    expect(verdict.permission).toBeUndefined();
    expect(evidence[0]?.facts['error']).toBe('throttled');
  });
});

describe('where there is no trail', () => {
  it('the trail fails, its settings do not apply, and nobody is told', () => {
    const check = judge({ trails: answered('cloudtrail:DescribeTrails', []) });
    expect(check('trail-on').verdict.value).toBe('fail');
    for (const id of everyId.slice(1, 9)) {
      expect(check(id).verdict.value).toBe('not-applicable');
    }
    expect(check('alarm-key-deletion').verdict.value).toBe('fail');
  });
  it('that is on, it is the same', () => {
    const check = judge({ status: { logging: false } });
    expect(check('trail-on').verdict.value).toBe('fail');
    expect(check('kms-not-excluded').verdict.value).toBe('not-applicable');
  });
});

describe('selectors', () => {
  const kms = 'kms.amazonaws.com';
  it.each<[string, SelectorFacts, string, string]>([
    ['classic ones that exclude KMS', classic({ excludedSources: [kms] }), 'pass', 'fail'],
    [
      'advanced ones that exclude KMS',
      advanced({ field: 'eventSource', notEquals: [kms] }),
      'pass',
      'fail',
    ],
    ['advanced ones for all', advanced(), 'pass', 'pass'],
    [
      'advanced ones for KMS alone',
      advanced({ field: 'eventSource', equals: [kms] }),
      'fail',
      'pass',
    ],
    ['write events alone', classic({ readWriteType: 'WriteOnly' }), 'fail', 'fail'],
    [
      'advanced ones for reads alone',
      advanced({ field: 'readOnly', equals: ['true'] }),
      'fail',
      'fail',
    ],
    ['no management events', classic({ managementEvents: false }), 'fail', 'fail'],
    [
      'data events alone',
      { classic: [], advanced: [[{ field: 'eventCategory', equals: ['Data'] }]] },
      'fail',
      'fail',
    ],
    [
      'a condition on the caller',
      advanced({ field: 'userIdentity.arn', notEquals: ['arn:x'] }),
      'cannot-tell',
      'cannot-tell',
    ],
    [
      'a type that AWS does not say',
      classic({ readWriteType: undefined }),
      'cannot-tell',
      'cannot-tell',
    ],
    ['none', { classic: [], advanced: [] }, 'cannot-tell', 'cannot-tell'],
    [
      'API calls without the services’ own events',
      advanced({ field: 'eventType', notEquals: ['AwsServiceEvent'] }),
      'pass',
      'fail',
    ],
  ])('%s', (_name, selectors, management, ofKms) => {
    const check = judge({ selectors });
    expect(check('management-events').verdict.value).toBe(management);
    expect(check('kms-not-excluded').verdict.value).toBe(ofKms);
  });

  it('that leave the RDS Data API out are told, and pass', () => {
    const { verdict } = judge({
      selectors: classic({ excludedSources: ['rdsdata.amazonaws.com'] }),
    })('kms-not-excluded');
    expect(verdict.value).toBe('pass');
    expect(verdict.reason).toContain('RDS Data API');
  });
});

describe('a trail', () => {
  it.each<[string, Given, string, string]>([
    [
      'of another Region alone',
      { trail: { homeRegion: 'x', multiRegion: false } },
      'trail-covers-region',
      'fail',
    ],
    [
      'of unknown reach',
      { trail: { homeRegion: undefined, multiRegion: undefined } },
      'trail-covers-region',
      'cannot-tell',
    ],
    ['of this Region alone', { trail: { multiRegion: false } }, 'trail-covers-region', 'pass'],
    ['without validation', { trail: { validation: false } }, 'log-file-validation', 'fail'],
    ['without validation', { trail: { validation: false } }, 'digest-delivery', 'not-applicable'],
    [
      'of unknown validation',
      { trail: { validation: undefined } },
      'log-file-validation',
      'cannot-tell',
    ],
    ['without a key', { trail: { kmsKeyId: undefined } }, 'bucket-key', 'fail'],
    ['without a log group', { trail: { logGroupArn: undefined } }, 'log-group', 'fail'],
    ['without a log group', { trail: { logGroupArn: undefined } }, 'alarm-key-deletion', 'fail'],
    ['that cannot deliver', { status: { deliveryError: 'AccessDenied' } }, 'delivery', 'fail'],
    [
      'that cannot deliver digests',
      { status: { digestError: 'AccessDenied' } },
      'digest-delivery',
      'fail',
    ],
    ['that cannot log', { status: { logGroupError: 'AccessDenied' } }, 'log-group', 'fail'],
    [
      'that cannot log',
      { status: { logGroupError: 'AccessDenied' } },
      'alarm-key-deletion',
      'fail',
    ],
    ['that never delivered', { status: { deliveredAt: undefined } }, 'delivery', 'stale'],
    ['of a quiet Region', { status: { deliveredAt: now - 48 * hourMs } }, 'delivery', 'pass'],
    [
      'gone quiet with its digests',
      { status: { deliveredAt: now - 48 * hourMs, digestAt: now - 47 * hourMs } },
      'delivery',
      'stale',
    ],
    ['with old digests', { status: { digestAt: now - 4 * hourMs } }, 'digest-delivery', 'stale'],
  ])('%s: %#', (_name, given, id, value) => {
    expect(judge(given)(id).verdict.value).toBe(value);
  });
});

describe('an alarm', () => {
  const id = 'alarm-key-deletion';
  it.each<[string, Given, string]>([
    ['without a filter', { filters: [] }, 'fail'],
    [
      'behind a filter for one of two events',
      { filters: [{ ...allOfKms, pattern: '{ $.eventName = DisableKey }' }] },
      'fail',
    ],
    [
      'behind a pattern that is not read',
      { filters: [{ ...allOfKms, pattern: '"kms" "DisableKey"' }] },
      'cannot-tell',
    ],
    ['that is not there', { alarms: [] }, 'fail'],
    ['that is muted', { alarms: [{ ...alarm, actionsEnabled: false }] }, 'fail'],
    ['that may be muted', { alarms: [{ ...alarm, actionsEnabled: undefined }] }, 'cannot-tell'],
    ['without an action', { alarms: [{ ...alarm, actions: [] }] }, 'fail'],
    [
      'that calls a function',
      { alarms: [{ ...alarm, actions: ['arn:aws:lambda:x:1:function:f'] }] },
      'cannot-tell',
    ],
    ['for too little', { alarms: [{ ...alarm, comparison: 'LessThanThreshold' }] }, 'fail'],
    ['of a formula', { alarms: [{ ...alarm, formula: 'm1 - 1000' }] }, 'cannot-tell'],
    [
      'on other dimensions',
      { alarms: [{ ...alarm, metrics: [{ namespace: 'N', name: 'M', dimensions: { a: 'b' } }] }] },
      'fail',
    ],
    ['that waits for a hundred', { alarms: [{ ...alarm, threshold: 100 }] }, 'fail'],
    [
      'above one',
      { alarms: [{ ...alarm, comparison: 'GreaterThanThreshold', threshold: 1 }] },
      'fail',
    ],
    [
      'above none',
      { alarms: [{ ...alarm, comparison: 'GreaterThanThreshold', threshold: 0 }] },
      'pass',
    ],
    ['after several periods', { alarms: [{ ...alarm, datapoints: 3 }] }, 'cannot-tell'],
    [
      'at a number that is not said',
      { alarms: [{ ...alarm, threshold: undefined }] },
      'cannot-tell',
    ],
    ['whose topic nobody confirmed', { subscriptions: { confirmed: 0, waiting: 2 } }, 'fail'],
    [
      'that a composite alarm names',
      { alarms: [{ ...alarm, actions: [] }], composite: [{ name: 'c', rule: 'ALARM("a")' }] },
      'cannot-tell',
    ],
    ['beside a broken one', { alarms: [{ ...alarm, actions: [] }, alarm] }, 'pass'],
  ])('%s', (_name, given, value) => {
    expect(judge(given)(id).verdict.value).toBe(value);
  });

  it('on failures may wait for some, and says for how many', () => {
    const { verdict } = judge({ alarms: [{ ...alarm, threshold: 5 }] })('alarm-decrypt-failures');
    expect(verdict).toMatchObject({
      value: 'pass',
      reason: expect.stringContaining('from 5 on') as string,
    });
  });

  it('on the request quota is enough for throttling, and alone for that', () => {
    const quota: AlarmFacts = {
      ...alarm,
      formula: '(m1/SERVICE_QUOTA(m1))*100',
      metrics: [
        {
          namespace: 'AWS/Usage',
          name: 'CallCount',
          dimensions: { Service: 'KMS', Resource: 'CryptographicOperationsSymmetric' },
        },
      ],
    };
    const check = judge({ filters: [], alarms: [quota] });
    expect(check('alarm-throttling').verdict.value).toBe('pass');
    const never = judge({ filters: [], alarms: [{ ...quota, threshold: 250 }] });
    expect(never('alarm-throttling').verdict.value).toBe('fail');
    expect(check('alarm-decrypt-failures').verdict.value).toBe('fail');
  });
});
