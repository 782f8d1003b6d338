import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRequestLog } from '../../../electron/practice/server/requestLog';
import type { PracticeRequest } from '../../../shared/contract/practice';

const request: Omit<PracticeRequest, 'seq'> = {
  at: '2026-11-23T15:00:00.000Z',
  requestId: 'r',
  operation: 'kms:Decrypt',
  outcome: 'ok',
  durationMs: 1,
};

describe('the log of requests', () => {
  it('gives what came after a known request, and how many of it are gone', () => {
    const log = createRequestLog(4);
    expect(log.since(0, 10)).toMatchObject({ requests: [], last: 0, skipped: 0 });
    for (let i = 0; i < 6; i++) log.add(request);
    const part = log.since(0, 10);
    expect(part.requests.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
    expect(part).toMatchObject({ last: 6, skipped: 2 });
    expect(log.since(5, 10)).toMatchObject({ requests: [{ seq: 6 }], skipped: 0 });
    expect(log.since(3, 1)).toMatchObject({ requests: [{ seq: 6 }], skipped: 2 });
  });

  it('tells every request once to whoever asks on from the last, and never more than asked for', () => {
    const steps = fc.array(fc.record({ adds: fc.nat(12), limit: fc.integer({ min: 1, max: 8 }) }));
    fc.assert(
      fc.property(steps, (all) => {
        const log = createRequestLog(5);
        let added = 0;
        let after = 0;
        let told = 0;
        for (const { adds, limit } of all) {
          for (let i = 0; i < adds; i++) log.add(request);
          added += adds;
          const part = log.since(after, limit);
          expect(part.requests.length).toBeLessThanOrEqual(Math.min(limit, 5));
          expect(part.requests.every(({ seq }) => seq > after)).toBe(true);
          told += part.requests.length + part.skipped;
          after = part.last;
        }
        expect(told).toBe(added);
      }),
    );
  });

  it('forgets when it is cleared, and counts on', () => {
    const log = createRequestLog(4);
    log.add(request);
    log.clear();
    expect(log.since(0, 10)).toMatchObject({ requests: [], last: 1, skipped: 0 });
    log.add(request);
    expect(log.since(0, 10)).toMatchObject({ requests: [{ seq: 2 }], last: 2, skipped: 0 });
  });

  it('wakes whoever waits, at a request and at the end', async () => {
    const log = createRequestLog(4);
    const woken = log.wait(0, 60_000);
    log.add(request);
    await woken;
    await log.wait(0, 60_000); // there is one already
    const atEnd = log.wait(1, 60_000);
    log.close();
    await atEnd;
    await log.wait(1, 60_000); // after the end nobody waits
  });
});
