import { describe, expect, it } from 'vitest';
import { createUnusual } from '../../../electron/events/watch/unusual';
import { unusualAlerts } from '../../../electron/events/watch/unusualAlerts';
import type { EventRow } from '../../../shared/model/events/event';
import { alertSchema } from '../../../shared/model/events/findings';
import type { WatchSettings } from '../../../shared/model/events/watch/rules';
import { eventRow, tableOf } from './exampleEvents';
import { account, settings } from './watchEvents';

const start = Date.parse('2026-01-01T00:00:00Z');
const arn = (id: string, region = 'eu-central-1') => `arn:aws:kms:${region}:${account}:key/${id}`;
const payments = arn('pay');
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

type Call = Partial<EventRow> & { readonly day: number; readonly hour?: number };
let numbers = 0;

/** A use of the payments key by the payments program, from inside, so many days after the start. */
function call({ day, hour = 10, ...more }: Call): EventRow {
  numbers += 1;
  return eventRow({
    eventId: `u-${numbers}`,
    at: `${new Date(start + (day * 24 + hour) * 3_600_000).toISOString().slice(0, 19)}Z`,
    name: 'Decrypt',
    account,
    region: 'eu-central-1',
    source: 'kms.amazonaws.com',
    outcome: 'ok',
    readOnly: true,
    keys: [payments],
    caller: 'app/i-1',
    role: roleArn('app'),
    ip: '10.20.1.1',
    dryRun: false,
    ...more,
  });
}

const times = (count: number, make: (n: number) => EventRow) =>
  Array.from({ length: count }, (_, n) => make(n));

/** Two calls every morning from a day on. */
const daily = (from: number, to: number, more: Partial<EventRow> = {}) =>
  Array.from({ length: to - from }, (_, n) => from + n).flatMap((day) => [
    call({ day, ...more }),
    call({ day, hour: 10.5, ...more }),
  ]);

function look(
  rows: readonly EventRow[],
  changes: Partial<WatchSettings> = {},
  gaps: readonly number[] = [],
) {
  const table = tableOf(rows);
  const unusual = createUnusual(table, { ...settings, ...changes }, () => gaps);
  unusual.take(table.newestFirst().toReversed());
  const alerts = unusualAlerts(table, unusual);
  for (const alert of alerts) alertSchema.parse(alert);
  return alerts;
}

const rulesOf = (...args: Parameters<typeof look>) => look(...args).map(({ rule }) => rule);

describe('a new caller of a key', () => {
  const other = { caller: 'sync/i-2', role: roleArn('sync') };

  it('is told with who it is and how settled the callers were', () => {
    const rows = [...daily(0, 30), ...times(3, (n) => call({ day: 30, hour: 12 + n, ...other }))];
    const [alert, ...more] = look(rows);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      rule: 'new-caller',
      severity: 'medium',
      caller: 'sync',
      count: 3,
    });
    expect(alert?.reason).toBe(
      'sync used key pay 3 times within a day. Before that one caller made its 60 stored uses, and for 30 days none was new.',
    );
  });

  it('weighs more where it belongs to another account', () => {
    const foreign = { ...other, callerAccount: '444455556666' };
    expect(look([...daily(0, 30), call({ day: 30, ...foreign })])).toMatchObject([
      { severity: 'high' },
    ]);
  });

  it.each([
    ['in the first days', [...daily(0, 13), call({ day: 13, ...other })]],
    [
      'where the key has few uses',
      [...times(8, (n) => call({ day: n * 4 })), call({ day: 29, ...other })],
    ],
    [
      'where another came lately',
      [
        ...daily(0, 30),
        call({ day: 25, hour: 9, ...other, role: roleArn('x') }),
        call({ day: 30, ...other }),
      ],
    ],
    ['after a gap that its source told', [...daily(0, 30), call({ day: 30, ...other })]],
  ])('is quiet %s', (what, rows) => {
    const gaps = what.includes('gap') ? [start / 1000 + 20 * 86_400] : [];
    const told = look(rows, {}, gaps).filter(({ caller }) => caller === 'sync');
    expect(told).toEqual([]);
  });

  it('is quiet where callers come and go', () => {
    const many = Array.from({ length: 40 }, (_, n) =>
      call({ day: n, caller: `c${n}`, role: roleArn(`c${n}`) }),
    );
    expect(rulesOf([...daily(0, 40), ...many])).not.toContain('new-caller');
    const guests = times(30, (n) =>
      call({ day: n, hour: 3, caller: `g${n}`, role: roleArn(`g${n}`) }),
    );
    expect(look([...guests, ...daily(0, 60), call({ day: 60, ...other })])).toEqual([]);
  });

  it.each([
    ['was denied', { outcome: 'denied' as const }],
    ['tested a permission', { dryRun: true, outcome: 'failed' as const }],
    ['only looked at the key', { name: 'DescribeKey' }],
    ['is another session of the same role', { role: roleArn('app'), caller: 'app/i-9' }],
  ])('is none where it %s', (_what, part) => {
    expect(look([...daily(0, 30), call({ day: 30, ...other, ...part })])).toEqual([]);
  });

  it('of several keys on one day is one alert', () => {
    const ledger = arn('ledger');
    const rows = [
      ...daily(0, 30),
      ...daily(0, 30, { keys: [ledger] }),
      call({ day: 30, ...other }),
      call({ day: 30, hour: 12, ...other, keys: [ledger] }),
    ];
    const alerts = look(rows);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.reason).toContain('used key pay and 1 more 2 times');
  });
});

describe('a call from a new network', () => {
  const alice = {
    caller: 'alice',
    role: undefined,
    callerArn: `arn:aws:iam::${account}:user/alice`,
    name: 'DescribeKey',
  };
  const from = (ip: string, part: object = {}) => call({ day: 30, ...alice, ip, ...part });
  const office = daily(0, 30, { ...alice, ip: '198.51.100.7' });

  it('says which network, and from where it called before', () => {
    const alerts = look([...office, from('203.0.113.9'), from('203.0.7.7', { hour: 12 })]);
    expect(alerts).toMatchObject([{ rule: 'new-network', severity: 'medium', count: 2 }]);
    expect(alerts[0]?.reason).toContain('from 203.0.0.0/16, a network that this account never saw');
    expect(alerts[0]?.reason).toContain('it called 60 times, only from 198.51.0.0/16');
  });

  it('is grave where a program leaves its private addresses', () => {
    const alerts = look([...daily(0, 30), call({ day: 30, ip: '203.0.113.9' })]);
    expect(alerts).toMatchObject([{ rule: 'new-network', severity: 'high' }]);
    expect(alerts[0]?.reason).toContain('private addresses');
    const inside = look([...daily(0, 30), call({ day: 30, ip: '10.99.0.1' })]);
    expect(inside).toMatchObject([{ severity: 'medium' }]);
  });

  it.each([
    ['the same network', '198.51.200.1'],
    ['an AWS service', 's3.amazonaws.com'],
    ['inside of AWS', 'AWS Internal'],
  ])('is none from %s', (_what, ip) => {
    expect(look([...office, from(ip)])).toEqual([]);
  });

  it('is quiet where the account knows the network by another caller', () => {
    const colleague = call({ day: 3, ip: '203.0.113.5', caller: 'bob', role: roleArn('bob') });
    expect(look([...office, colleague, from('203.0.113.9')])).toEqual([]);
  });

  it('is quiet for who travels, and in the first days', () => {
    const travels = times(40, (n) => call({ day: n, ...alice, ip: `203.${n}.1.1` }));
    expect(look(travels)).toEqual([]);
    expect(look([...office.slice(0, 24), call({ day: 12, ...alice, ip: '203.0.113.9' })])).toEqual(
      [],
    );
  });
});

describe('far more calls than usual', () => {
  const flood = (count: number, day = 40, more: Partial<EventRow> = {}) =>
    times(count, (n) => call({ day, hour: 3 + n / count / 2, ...more }));

  it('of a key are told with the habit, also while the hour is open', () => {
    const rows = [...daily(0, 40), ...flood(150)];
    for (const events of [rows, [...rows, call({ day: 40, hour: 9 })]]) {
      const alerts = look(events);
      expect(alerts).toMatchObject([{ rule: 'volume', count: 150, key: payments }]);
      expect(alerts[0]?.events).toHaveLength(20);
      expect(alerts[0]?.reason).toContain(
        'had 150 calls on 2026-02-10 between 03:00 and 04:00 UTC',
      );
      expect(alerts[0]?.reason).toContain('0 calls are usual (median of 28 days)');
      expect(alerts[0]?.reason).toContain('had 2. By: app 150.');
    }
  });

  it('of a caller over many keys are told once, for the caller', () => {
    const rows = [
      ...daily(0, 40),
      ...times(150, (n) => call({ day: 40, hour: 3, keys: [arn(`k${n % 50}`)] })),
    ];
    const alerts = look(rows).filter(({ rule }) => rule === 'volume');
    expect(alerts).toMatchObject([{ caller: 'app', count: 150 }]);
    expect(alerts[0]?.reason).toContain('They were about 50 keys.');
  });

  it.each([
    ['below the minimum', [...daily(0, 40), ...flood(99)]],
    ['in the first days', [...daily(0, 10), ...flood(150, 10)]],
    [
      'of a key that is young',
      [
        ...daily(0, 40, { keys: [arn('old')], role: roleArn('o') }),
        ...daily(35, 40),
        ...flood(150),
      ],
    ],
    [
      'that a weekly job makes',
      [0, 7, 14, 21, 28, 35]
        .flatMap((day) => [...daily(day, day + 7), ...flood(150, day)])
        .concat(flood(160, 42)),
    ],
    ['that failed', [...daily(0, 40), ...flood(150, 40, { outcome: 'throttled' })]],
    [
      'of a busy key',
      [...times(40 * 200, (n) => call({ day: Math.floor(n / 200), hour: 3 })), ...flood(290)],
    ],
  ])('are quiet %s', (what, rows) => {
    const told = look(rows).filter(({ at }) => at > '2026-02-09' || !what.includes('weekly'));
    expect(told.map(({ rule }) => rule)).toEqual([]);
  });

  it('follow the settings', () => {
    const rows = [...daily(0, 40), ...flood(60)];
    expect(rulesOf(rows, { volumeMinimum: 50 })).toEqual(['volume']);
    expect(rulesOf(rows, { volumeMinimum: 61 })).toEqual([]);
  });
});

describe('a use after long silence', () => {
  const archive = { keys: [arn('archive')] };

  it('is told with how long', () => {
    const rows = [...daily(0, 130), call({ day: 1, ...archive }), call({ day: 120, ...archive })];
    const alerts = look(rows);
    expect(alerts).toMatchObject([{ rule: 'used-after-silence', key: arn('archive') }]);
    expect(alerts[0]?.reason).toContain('no use of it is stored for 119 days');
  });

  it('is told for a key of which no use was stored ever, or since it was made', () => {
    const never = [...daily(0, 130), call({ day: 120, ...archive })];
    expect(look(never)[0]?.reason).toContain('no use of it is stored, in 120 days');
    const made = call({ day: 10, name: 'CreateKey', ...archive });
    expect(look([made, ...never])[0]?.reason).toContain('It was made 110 days before');
    const lately = call({ day: 100, name: 'CreateKey', ...archive });
    expect(look([lately, ...never])).toEqual([]);
  });

  it.each([
    [
      'where the silence is shorter',
      [...daily(0, 130), call({ day: 40, ...archive }), call({ day: 129, ...archive })],
    ],
    [
      'where such silences are usual',
      [...daily(0, 170), ...[0, 60, 160].map((day) => call({ day, ...archive }))],
    ],
    [
      'where events are missing between',
      [
        ...daily(0, 5),
        call({ day: 1, ...archive }),
        ...daily(110, 130),
        call({ day: 120, ...archive }),
      ],
    ],
    ['where it only failed', [...daily(0, 130), call({ day: 120, ...archive, outcome: 'denied' })]],
  ])('is quiet %s', (_what, rows) => {
    expect(look(rows)).toEqual([]);
  });
});

describe('the first use of a replica', () => {
  const id = 'mrk-0123456789abcdef0123456789abcdef';
  const there = { region: 'us-east-1', keys: [arn('other', 'us-east-1')] };
  const replica = { region: 'us-east-1', keys: [arn(id, 'us-east-1')] };
  const base = [...daily(0, 30, { keys: [arn(id)] }), ...daily(0, 30, there)];

  it('is told once', () => {
    const alerts = look([...base, ...times(4, (n) => call({ day: 30, hour: n, ...replica }))]);
    expect(alerts).toMatchObject([{ rule: 'replica-first-used', region: 'us-east-1', count: 4 }]);
  });

  it('is quiet where the Region is hardly known, or the key is used nowhere else', () => {
    const young = [...daily(0, 30, { keys: [arn(id)] }), ...daily(20, 30, there)];
    expect(look([...young, call({ day: 30, ...replica })])).toEqual([]);
    expect(look([...daily(0, 30, there), call({ day: 30, ...replica })])).toEqual([]);
  });
});

describe('a burst of denials', () => {
  const denied = (count: number, day: number, more: Partial<EventRow> = {}) =>
    times(count, (n) =>
      call({
        day,
        hour: 2 + n / 100,
        outcome: 'denied',
        caller: 'eve',
        role: roleArn('eve'),
        ...more,
      }),
    );

  it('is told also for a caller that was never seen', () => {
    const alerts = look([...daily(0, 20), ...denied(25, 20)]);
    expect(alerts).toMatchObject([{ rule: 'denial-burst', caller: 'eve', count: 25 }]);
    expect(alerts[0]?.reason).toContain('eve was denied 25 times on 2026-01-21');
  });

  it.each([
    ['below the minimum', [...daily(0, 20), ...denied(19, 20)]],
    ['in the first days', [...daily(0, 10), ...denied(25, 10)]],
    [
      'where it is so every night',
      [
        ...daily(0, 20),
        ...Array.from({ length: 14 }, (_, n) => denied(25, n)).flat(),
        ...denied(30, 20),
      ],
    ],
    ['where permissions were tested', [...daily(0, 20), ...denied(25, 20, { dryRun: true })]],
    [
      'where calls failed for another reason',
      [...daily(0, 20), ...denied(25, 20, { outcome: 'failed' })],
    ],
  ])('is quiet %s', (_what, rows) => {
    expect(look(rows)).toEqual([]);
  });
});
