import { describe, expect, it } from 'vitest';
import { forecastOf } from '../../../shared/model/events/throttling/forecast';
import {
  judgeLogged,
  judgeUse,
  mostShare,
  type Measured,
  type Minutes,
} from '../../../shared/model/events/throttling/judgeUse';

const day = 86_400_000;
const hour = 3_600_000;
const from = Date.parse('2026-11-14T00:00:00Z');
const now = Date.parse('2026-11-28T12:00:00Z');

/** Each day at three, so many calls in one minute and a tenth of them in the next. */
function daily(callsOf: (index: number) => number): Minutes {
  return Array.from({ length: 15 }, (_, index) => [
    [from + index * day + 3 * hour, callsOf(index)] as const,
    [from + index * day + 3 * hour + 60_000, callsOf(index) / 10] as const,
  ]).flat();
}

function measured(minutes: Minutes | undefined, more: Partial<Measured> = {}): Measured {
  const hours = minutes ?? [[from, 10]];
  return { resource: 'ListGrants', quota: 100, defaultQuota: 100, hours, minutes, ...more };
}

describe('the forecast', () => {
  it('gives none from under fourteen days', () => {
    expect(forecastOf(Array.from({ length: 13 }, () => 0.5))).toMatchObject({
      kind: 'too-little-data',
      days: 13,
    });
  });

  it('follows a line to the quota', () => {
    const forecast = forecastOf(Array.from({ length: 14 }, (_, index) => 0.37 + index * 0.01));
    expect(forecast).toMatchObject({ kind: 'rising', days: 14 });
    expect(forecast.perDay).toBeCloseTo(0.01);
    expect(forecast.daysLeft).toBeCloseTo(50);
    expect(forecast.text).toContain('about 50 days');
  });

  it('takes no noise for a trend', () => {
    const noise = [0.5, 0.4, 0.6, 0.45, 0.55, 0.5, 0.4, 0.6, 0.5, 0.45, 0.55, 0.5, 0.42, 0.56];
    expect(forecastOf(noise).kind).toBe('no-trend');
    expect(forecastOf(noise.map(() => 0.5)).kind).toBe('no-trend');
  });

  it('tells of peaks that fall, and of a quota that is far away', () => {
    expect(forecastOf(Array.from({ length: 14 }, (_, i) => 0.5 - i * 0.01)).kind).toBe('falling');
    const slow = forecastOf(Array.from({ length: 14 }, (_, i) => 0.1 + i * 0.0001));
    expect(slow.kind).toBe('rising');
    expect(slow).not.toHaveProperty('daysLeft');
    expect(slow.text).toContain('over a year away');
  });
});

describe('the use of a quota', () => {
  it('passes below four fifths, with the busiest minute', () => {
    const use = judgeUse(measured(daily(() => 3000)), from, now);
    expect(use.verdict.value).toBe('pass');
    expect(use.peak).toEqual({ share: 0.5, at: '2026-11-14T03:00:00.000Z', calls: 3000 });
    expect(use.days).toHaveLength(15);
    expect(use.forecast?.kind).toBe('no-trend');
  });

  it('fails from four fifths on', () => {
    expect(judgeUse(measured(daily(() => 4800)), from, now).verdict.value).toBe('fail');
    expect(judgeUse(measured(daily(() => 4799)), from, now).verdict.value).toBe('pass');
  });

  it('cannot tell near a quota that the account did not say', () => {
    const use = judgeUse(
      measured(
        daily(() => 5400),
        { quota: undefined },
      ),
      from,
      now,
    );
    expect(use.verdict.value).toBe('cannot-tell');
    expect(use.verdict.reason).toContain('SERVICE_QUOTA gave nothing');
    expect(use.quota).toEqual({ perSecond: 100, from: 'default' });
  });

  it('does not count days before the first call as calls that were not made', () => {
    const recent = daily(() => 3000).filter(([at]) => at > now - 5 * day);
    expect(judgeUse(measured(recent), from, now).forecast).toMatchObject({
      kind: 'too-little-data',
      days: 4,
    });
  });

  it('rests on hours where no minute can have come near', () => {
    const use = judgeUse(measured(undefined), from, now);
    expect(use).toMatchObject({ verdict: { value: 'pass' }, atMost: 10 / 6000, days: [] });
    expect(
      mostShare(
        [
          [from, 60],
          [from + hour, 120],
        ],
        1,
      ),
    ).toBe(2);
  });

  it('is not applicable where nothing was counted, and cannot tell where nobody answered', () => {
    expect(judgeUse(measured(undefined, { hours: [] }), from, now).verdict.value).toBe(
      'not-applicable',
    );
    const refused = { message: 'Denied.', permission: 'cloudwatch:GetMetricData' };
    expect(judgeUse(measured(undefined, { refused }), from, now).verdict).toEqual({
      value: 'cannot-tell',
      reason: 'Denied.',
      permission: 'cloudwatch:GetMetricData',
    });
  });
});

describe('throttled calls in the log', () => {
  const logged = { newest: '2026-11-28T11:50:00Z', count: 0, last: undefined, earlier: 0 };

  it('fail where there are some', () => {
    const some = { ...logged, count: 3, last: '2026-11-20T10:00:00Z' };
    expect(judgeLogged(some, from, now).verdict.value).toBe('fail');
  });

  it('prove nothing where there are none', () => {
    expect(judgeLogged(logged, from, now).verdict.value).toBe('cannot-tell');
    expect(judgeLogged({ ...logged, newest: undefined }, from, now).verdict.value).toBe(
      'cannot-tell',
    );
  });

  it('are stale where the events end days ago', () => {
    const old = { ...logged, newest: '2026-11-20T00:00:00Z' };
    expect(judgeLogged(old, from, now).verdict.value).toBe('stale');
  });
});
