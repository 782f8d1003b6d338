import { array, assert, asyncProperty, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../../../electron/practice/cloudtrail/archive';
import { trailEvent } from '../../../../electron/practice/cloudtrail/event';
import { openEventLog } from '../../../../electron/practice/cloudtrail/eventLog';
import { openHistory } from '../../../../electron/practice/cloudtrail/history/history';
import type { HistoryPlan } from '../../../../electron/practice/cloudtrail/history/plan';
import { lookupEvents, type LookupRequest } from '../../../../electron/practice/cloudtrail/lookup';

const region = 'eu-central-1';
const accountId = '111122223333';
const now = Date.parse('2026-06-01T12:00:00Z');
const hour = 3_600_000;

const key = (alias: string) => ({
  region,
  arn: `arn:aws:kms:${region}:${accountId}:key/${alias}`,
  aliases: [`alias/prod/${alias}`],
  createdAt: 0,
  keySpec: 'SYMMETRIC_DEFAULT',
  state: 'Enabled',
  materials: [{ id: 'm'.repeat(64), from: 0 }],
});
const plan: HistoryPlan = {
  kind: 'company',
  seed: 'a seed',
  accountId,
  regions: [region],
  from: now - 365 * 24 * hour,
  to: now - hour,
  trail: 'company-trail',
  keys: ['payments', 'customer-data', 'data-lake', 'ledger', 'reports-export', 'checkout'].map(key),
};

function scopeOf(times: readonly number[], withHistory: boolean) {
  const log = openEventLog(openArchive(undefined), 10_000);
  for (const [index, at] of times.entries()) {
    log.add(
      trailEvent({
        userIdentity: { type: 'IAMUser', userName: index % 2 ? 'alice' : 'bob', accountId },
        at,
        source: 'kms.amazonaws.com',
        name: index % 3 ? 'Decrypt' : 'DisableKey',
        region,
        sourceIp: '192.0.2.0',
        userAgent: 'test',
        eventId: `00000000-0000-4000-8000-${String(index * 7919).padStart(12, '0')}`,
        readOnly: index % 3 !== 0,
        accountId,
      }),
    );
  }
  const history = withHistory ? openHistory(plan) : undefined;
  return { accountId, region, now, log, history };
}

async function allPages(request: LookupRequest, scope: ReturnType<typeof scopeOf>, most = 40) {
  const events = [];
  let token: string | undefined;
  for (let page = 0; page < most; page++) {
    const answer = await lookupEvents(
      { ...request, ...(token !== undefined && { NextToken: token }) },
      scope,
    );
    expect(answer.Events.length).toBeLessThanOrEqual(request.MaxResults ?? 50);
    events.push(...answer.Events);
    token = answer.NextToken;
    if (token === undefined) break;
  }
  return events;
}

describe('LookupEvents', () => {
  it('pages through every event once, newest first, whatever the page size', async () => {
    await assert(
      asyncProperty(
        array(integer({ min: 0, max: 40 }), { maxLength: 30 }),
        integer({ min: 1, max: 50 }),
        async (minutes, MaxResults) => {
          const scope = scopeOf(
            minutes.map((one) => now - hour + one * 60_000),
            false,
          );
          const events = await allPages({ MaxResults }, scope);
          expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(events.length);
          expect(events).toHaveLength(minutes.length);
          const times = events.map(({ EventTime }) => EventTime.getTime());
          expect(times).toEqual([...times].sort((a, b) => b - a));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('merges what was recorded with the history, and pages over the seam', async () => {
    const times = [now - 2 * hour, now - 90 * 60_000, now - 30 * 60_000];
    const request = { StartTime: new Date(now - 5 * hour) };
    const whole = await allPages({ ...request, MaxResults: 50 }, scopeOf(times, true));
    const small = await allPages({ ...request, MaxResults: 3 }, scopeOf(times, true), 100);
    expect(small.map(({ EventId }) => EventId)).toEqual(whole.map(({ EventId }) => EventId));
    expect(whole.length).toBeGreaterThan(times.length);
    expect(whole.filter(({ Username }) => Username === 'alice')).toHaveLength(1);
  });

  it('goes back 90 days and no further, and shows nothing of the last five minutes', async () => {
    const scope = scopeOf([now - 91 * 24 * hour, now - 24 * hour, now - 60_000], false);
    const events = await allPages({}, scope);
    expect(events.map(({ EventTime }) => EventTime.getTime())).toEqual([now - 24 * hour]);
  });

  it.each([
    ['Username', 'alice', 5],
    ['EventName', 'DisableKey', 4],
    ['ReadOnly', 'false', 4],
    ['EventSource', 'sts.amazonaws.com', 0],
  ])('finds by %s', async (AttributeKey, AttributeValue, count) => {
    const scope = scopeOf(
      Array.from({ length: 10 }, (_, index) => now - hour - index * 60_000),
      false,
    );
    const request = { LookupAttributes: [{ AttributeKey, AttributeValue }] };
    expect(await allPages(request, scope)).toHaveLength(count);
  });
});

describe("the company's history", () => {
  it('is the same after every start', () => {
    const at = Math.floor((now - 50 * 24 * hour) / hour) * hour;
    const once = openHistory(plan).hour(accountId, region, at);
    expect(once.length).toBeGreaterThan(0);
    expect(openHistory(plan).hour(accountId, region, at)).toEqual(once);
  });

  it.each([
    ['DisableKey', 1],
    ['CancelKeyDeletion', 1],
    ['StopLogging', 1],
    ['PutEventSelectors', 1],
  ])('tells of %s', async (AttributeValue, least) => {
    const request = { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }] };
    const events = await allPages(request, scopeOf([], true));
    expect(events.length).toBeGreaterThanOrEqual(least);
  });

  it('has failures of several causes', async () => {
    const history = openHistory(plan);
    const codes = new Set<string>();
    for (let at = plan.to - 45 * 24 * hour; at < plan.to; at += hour) {
      const start = Math.floor(at / hour) * hour;
      for (const { errorCode } of history.hour(accountId, region, start)) {
        if (errorCode !== undefined) codes.add(errorCode);
      }
    }
    for (const code of ['AccessDenied', 'ThrottlingException', 'InvalidCiphertextException']) {
      expect(codes).toContain(code);
    }
  });
});
